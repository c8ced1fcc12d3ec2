"""An edition in; the sheets « Sources », « Définitions » and « Provenance » out: what the figures rest on."""

from __future__ import annotations

from bilans.sheets import cells, looks
from bilans.sheets.cells import Cell
from bilans.sheets.grid import FIRST_ROW, Column, Page
from bilans.values import Definition, ImportLine, SourceGap
from bilans.wording import STATES, write_state
from indicators.request import COMMITTEE
from ui.french import FIXED, join_words, write_count, write_date, write_quantity

NAME: looks.Look = {**looks.TEXT, "bold": True}


def write_sources(page: Page) -> None:
    """The counts that two sources give, side by side: never added up."""
    edition = page.edition
    columns = (
        Column("Mesure", 40), Column("Territoire", 26), Column("Période", 22), Column("Source retenue", 18),
        Column("Chiffre", 10, True), Column("Autre source", 18), Column("Chiffre", 10, True),
        Column("Écart", 10, True), Column("Choix", 14), Column("Raison de l’écart", 46), Column("Réserves", 34),
    )  # fmt: skip
    rows = [_compare(page, one) for one in edition.sources]
    differing = sum(bool(one.gap) for one in edition.sources)
    title = (
        f"Deux sources, un écart dans {write_quantity(differing, 'cas', 'cas')} sur {write_count(len(rows))}"
        if rows else "Aucun chiffre de la période n’est donné par deux sources"
    )  # fmt: skip
    page.open(title, columns)
    page.table(FIRST_ROW, columns, rows)
    page.hold_head(columns, len(rows), frozen=3)


def _compare(page: Page, one: SourceGap) -> list[Cell]:
    definition = page.edition.definition(one.indicator)
    sides = ((one.used, one.used_value), (one.other, one.other_value))
    states = [f"{name}{FIXED}: {said}" for name, value in sides if (said := write_state(value, definition))]
    row = [
        cells.text(definition.label), cells.text(one.place), cells.text(one.period),
        cells.text(one.used, looks.SOFT), cells.value(one.used_value, "compte"),
        cells.text(one.other, looks.SOFT), cells.value(one.other_value, "compte", looks.NUMBER),
        cells.gap(one.gap, "compte"), cells.text("retenue" if one.is_retained else "par défaut", looks.SOFT),
        cells.text(one.reason, looks.SOFT), cells.text(join_words(states), looks.WAIT),
    ]  # fmt: skip
    return [Cell(cell.content, {**cell.look, "bold": True}) for cell in row] if one.is_whole else row


def write_definitions(page: Page) -> None:
    """What each indicator is, what each state means, and what the convention reserves."""
    columns = (
        Column("Indicateur", 34), Column("Définition", 62), Column("Unité", 14), Column("Numérateur", 26),
        Column("Dénominateur", 26), Column("Lecture", 24), Column("Article", 13), Column("Source", 16),
    )  # fmt: skip
    used = {line.indicator: line.source for line in page.edition.whole}
    rows = [_define(one, used.get(one.code, "")) for one in page.edition.definitions]
    page.open("Ce que disent les indicateurs", columns)
    after = page.table(FIRST_ROW, columns, rows)
    page.hold_head(columns, 0)
    states = [[cells.text(word, NAME), cells.text(meaning, looks.SOFT)] for word, meaning in STATES.items()]
    after = page.table(after + 1, (Column("État", 34), Column("Ce qu’il veut dire", 62)), states)
    reserves = [
        [cells.text("Convention", NAME), cells.text(one, looks.SOFT)] for one in page.edition.reserves
    ]
    page.table(after + 1, (Column("Réserves", 34), Column("À confirmer ou à savoir", 62)), reserves)


def _define(one: Definition, source: str) -> list[Cell]:
    months = f" Provisoire pendant {one.provisional_months} mois." if one.provisional_months else ""
    words = (
        one.definition + months, one.unit or one.kind, one.numerator, one.denominator or cells.NONE,
        one.reading, one.articles, one.sources or source,
    )  # fmt: skip
    return [cells.text(one.label, NAME), *(cells.text(word, looks.SOFT) for word in words)]


def write_provenance(page: Page) -> None:
    """The files that the figures come from, and what this edition is."""
    edition, header = page.edition, page.edition.header
    columns = (
        Column("Fichier", 46), Column("Source", 26), Column("Déposé le", 12), Column("Par", 20),
        Column("Dépôt", 11), Column("Feuilles (chiffres repris)", 60), Column("Empreinte (SHA-256)", 36),
    )  # fmt: skip
    rows = [_trace(one) for one in edition.imports]
    page.open(f"Les chiffres viennent de {write_quantity(len(rows), 'fichier', 'fichiers')}", columns)
    after = page.table(FIRST_ROW, columns, rows)
    page.hold_head(columns, 0)
    audience = (
        "comité (petits effectifs masqués)" if header.audience == COMMITTEE else "producteurs des données"
    )
    facts = {
        "Édition": edition.fingerprint, "État": header.status, "Établie par": header.author,
        "Établie le": write_date(header.made_on), "Chiffres lus au": write_date(header.as_of),
        "Destinataires": audience,
    }  # fmt: skip
    about = [[cells.text(name, NAME), cells.text(fact)] for name, fact in facts.items()]
    page.table(after + 1, (Column("Cette édition", 46), Column("", 26)), about)


def _trace(one: ImportLine) -> list[Cell]:
    sheets = [f"{name} ({write_count(number)} {one.unit})" for name, number in one.sheets]
    return [
        cells.text(one.file), cells.text(one.source, looks.SOFT), cells.day(one.loaded_on),
        cells.text(one.author), cells.text(one.id), cells.text(join_words(sheets)),
        cells.text(one.file_hash, {**looks.SOFT, "font_size": 8}),
    ]  # fmt: skip
