"""A database in; the invented facts that no workbook brings (meetings held, instalments paid) recorded in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date

from store.database import Database
from store.facts import FactDraft, read_facts, record_fact

PLIE, GLOBAL, METZ, ROUEN, TROYES = "plie-martigues", "accompagnement-global-35", "metz", "rouen", "troyes"
# What was held, by convention and commitment: some terms are left without a trace on purpose.
HELD: dict[tuple[str, str], tuple[date, ...]] = {
    (PLIE, "copil_plie"): (date(2023, 6, 15), date(2024, 6, 18), date(2025, 6, 12), date(2026, 6, 16)),
    (PLIE, "comite_convention"): (date(2023, 11, 21), date(2024, 11, 19), date(2025, 11, 18)),
    (PLIE, "cta"): (date(2023, 9, 28), date(2025, 9, 25), date(2026, 5, 21)),
    (GLOBAL, "copil"): (date(2024, 5, 30),),
    (GLOBAL, "renouvellement"): (date(2025, 4, 28),),
    (METZ, "suivi"): (date(2021, 6, 24), date(2021, 12, 9), date(2022, 6, 23), date(2023, 6, 22), date(2023, 12, 14)),
    (METZ, "copil"): (date(2021, 11, 18), date(2022, 11, 24), date(2023, 11, 23)),
    (METZ, "bilan_annuel"): (date(2021, 12, 16), date(2022, 12, 15)),
    (ROUEN, "reunion_evaluation"): (date(2023, 12, 12), date(2024, 12, 10)),
    (TROYES, "copil"): (date(2020, 11, 17),),
    (TROYES, "programme_evenements"): (
        date(2020, 1, 14), date(2020, 3, 10), date(2020, 7, 7), date(2020, 9, 8), date(2020, 11, 10),
    ),
}  # fmt: skip
# A paper about a year is made in the next one: its period says which year it is about.
ABOUT_A_YEAR: dict[tuple[str, str], dict[int, date]] = {
    (PLIE, "bilan_annuel"): {2023: date(2024, 3, 28), 2024: date(2025, 4, 3), 2025: date(2026, 3, 26)},
    (PLIE, "etat_services"): {2023: date(2024, 2, 15), 2024: date(2025, 2, 20)},
}
# What nobody answers, by convention, period and place: what a committee of a city reads beside its counts.
NEEDS: tuple[tuple[str, str, str | None, str], ...] = (
    (METZ, "2022-S1", "borny", "Garde d’enfants en horaires décalés pour les postes d’aide à domicile."),
    (METZ, "2022-S2", "bellecroix", "Atelier de français à visée professionnelle : aucune place avant trois mois."),
    (METZ, "2023-S1", "sablon-sud", "Trajet du matin vers les entrepôts, avant le premier bus."),
    (METZ, "2023-S2", None, "Aide à la première démarche numérique pour ceux qui n’ont pas d’adresse électronique."),
    (ROUEN, "2025", None, "Remise à niveau en calcul avant l’entrée en parcours emploi compétences."),
    (TROYES, "2020", "pce-3", "Permanence de mobilité : le prêt de deux-roues ne couvre pas les communes rurales."),
)
PAID = (date(2021, 7, 8), date(2021, 12, 20), date(2022, 7, 7), date(2022, 12, 19), date(2023, 7, 6))
INSTALMENT = 11_699.0
MONTHLY = ("commission_formation", "demi_journee_recherche")
LAST_MONTH = (2026, 9)


def list_facts() -> Iterator[FactDraft]:
    """Every invented fact, convention by convention."""
    for (convention, about), days in HELD.items():
        for day in days:
            yield FactDraft(convention, "engagement_tenu", about=about, day=day)
    for (convention, about), years in ABOUT_A_YEAR.items():
        for year, day in years.items():
            yield FactDraft(convention, "engagement_tenu", about=about, day=day, period=str(year))
    for convention, period, place, text in NEEDS:
        yield FactDraft(convention, "besoin_non_couvert", period=period, territory=place, text=text)
    for day in PAID:
        yield FactDraft(METZ, "versement", about="versement_agent", number=INSTALMENT, day=day)
    for rank, about in enumerate(MONTHLY):
        for year in range(2023, LAST_MONTH[0] + 1):
            for month in range(1, 13):
                # Nothing is held in August; one February was forgotten.
                if month != 8 and (year, month) <= LAST_MONTH and (year, month, rank) != (2026, 2, 1):
                    yield FactDraft(PLIE, "engagement_tenu", about=about, day=date(year, month, 10 + rank))


def record_facts(database: Database, *, author: str) -> int:
    """Record the facts that do not stand yet; how many were."""
    names = [field.name for field in fields(FactDraft)]
    standing = {
        tuple(getattr(fact, name) for name in names)
        for convention in (PLIE, GLOBAL, METZ, ROUEN, TROYES)
        for fact in read_facts(database, convention)
    }
    missing = [one for one in list_facts() if tuple(getattr(one, name) for name in names) not in standing]
    for draft in missing:
        record_fact(database, draft, author=author)
    return len(missing)
