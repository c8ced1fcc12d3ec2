"""The pages of the menu, as data: file, title and address of each, in order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """One screen; the first one answers at the root."""

    file: str
    title: str
    path: str
    is_first: bool = False


PAGES = (
    Page("accueil.py", "Accueil", "accueil", is_first=True),
    Page("parcours.py", "Parcours", "parcours"),
    Page("accompagnement_global.py", "Accompagnement global", "accompagnement-global"),
    Page("territoires.py", "Territoires", "territoires"),
    Page("sources.py", "Sources", "sources"),
    Page("articles.py", "Articles", "articles"),
    Page("depot.py", "Dépôt", "depot"),
    Page("reponses.py", "Réponses", "reponses"),
    Page("faits.py", "Faits", "faits"),
    Page("engagements.py", "Conventions", "conventions"),
    Page("bilan.py", "Bilans", "bilans"),
)
