"""The pages of the menu, as data: file, title and address of each, in order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """One screen; the first one answers at the root. A group is an entry of the menu that opens on its pages."""

    file: str
    title: str
    path: str
    group: str = ""
    is_first: bool = False


DEVICES, AGREED, DATA = "Dispositifs", "Références", "Données"

PAGES = (
    Page("accueil.py", "Accueil", "accueil", is_first=True),
    Page("synthese.py", "Synthèse", "synthese"),
    Page("parcours.py", "Parcours", "parcours"),
    Page("sorties.py", "Sorties", "sorties"),
    Page("publics.py", "Publics", "publics"),
    Page("territoires.py", "Territoires", "territoires"),
    Page("depot.py", "Dépôt", "depot"),
    Page("bilan.py", "Bilans", "bilans"),
    Page("accompagnement_global.py", "Accompagnement global", "accompagnement-global", DEVICES),
    Page("villes.py", "Villes", "villes", DEVICES),
    Page("articles.py", "Articles", "articles", DEVICES),
    Page("engagements.py", "Conventions", "conventions", AGREED),
    Page("definitions.py", "Définitions", "definitions", AGREED),
    Page("accessibilite.py", "Accessibilité", "accessibilite", AGREED),
    Page("qualite.py", "Qualité", "qualite", DATA),
    Page("sources.py", "Sources", "sources", DATA),
    Page("reponses.py", "Réponses", "reponses", DATA),
    Page("faits.py", "Faits", "faits", DATA),
)


def find_page(stem: str) -> Page:
    """The page of a file, by its name without suffix."""
    return next(page for page in PAGES if page.file == f"{stem}.py")


def rank_group(path: str) -> int:
    """The place in the menu, from 1, of the group that holds a page; 0 for a page that stands there itself."""
    places = list(dict.fromkeys(page.group or page.path for page in PAGES))
    group = next((page.group for page in PAGES if page.path == path), "")
    return places.index(group) + 1 if group else 0
