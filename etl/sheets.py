"""A sheet of a file in; its counts or its paths, what its labels say and what was left out, out."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

import pyarrow as pa

from conventions.agreements import load_conventions
from conventions.catalogue import Catalogue, load_catalogue
from conventions.returns import list_followed
from conventions.territories import load_gazetteer
from conventions.values import Convention
from conventions.vocabulary import Vocabulary, load_vocabulary
from etl.address import cell_name, parse_range
from etl.causes import name_spots
from etl.crosstab import BandReading, read_crosstab
from etl.file_period import check_file_period
from etl.glued import tell_glued
from etl.judge import judge_totals
from etl.keys import KeyRing
from etl.lessons import NO_LESSONS, Lessons, Picked
from etl.moments import Moment
from etl.notes import describe_labels
from etl.observe import Sorted, check_totals, observe, sort_numbers
from etl.outside import Context
from etl.places import PlaceReader
from etl.privacy import Inspection, inspect_sheet
from etl.questions import Asker, ask_columns
from etl.rates import check_rates
from etl.recognise import Lexicon
from etl.records import PathTable, find_path_table, read_paths
from etl.report import BLOCKING, INFORMATION, WARNING, Finding, LabelNote, Observation, Question, areas_of, no_paths
from etl.supplied import Supplied, take_supplied, tell_supplied
from etl.workbook import Sheet

_DATE_IN_NAME = re.compile(r"(?<!\d)(?:\d{8}|\d{4}[-_.]\d\d[-_.]\d\d|\d\d[-_.]\d\d[-_.]\d{4})(?!\d)")


@dataclass(frozen=True)
class SheetReading:
    """What one sheet gave."""

    sheet: str
    layout: str
    sorted: Sorted
    paths: pa.Table = field(default_factory=no_paths)
    labels: tuple[LabelNote, ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class SheetReader:
    """Reads the sheets of one file, with the lexicon and the context that they share."""

    convention: Convention | None
    source: str | None
    catalogue: Catalogue
    vocabulary: Vocabulary
    lexicon: Lexicon
    file: str
    period: Moment
    keys: KeyRing
    lessons: Picked

    @staticmethod
    def prepare(
        file: str,
        convention: Convention | None,
        source: str | None,
        *,
        period: Moment,
        keys: KeyRing,
        lessons: Lessons = NO_LESSONS,
    ) -> SheetReader:
        """A reader for a file of that convention and source; `period` is what the user says of it."""
        catalogue, vocabulary = load_catalogue(), load_vocabulary()
        sources = [source for one in load_conventions().values() for source in one.sources]
        places = PlaceReader(convention, load_gazetteer())
        picked = lessons.pick(convention.key if convention else None, source)
        lexicon = Lexicon(vocabulary, convention, sources, places, catalogue.axes, picked.labels)
        return SheetReader(convention, source, catalogue, vocabulary, lexicon, file, period, keys, picked)

    def read(self, sheet: Sheet) -> SheetReading:
        """One sheet: what names people set aside, then paths or counts."""
        if not sheet.is_hidden and (why := self.lessons.why_not_read(sheet.name)):
            told = Finding(INFORMATION, "feuille_non_lue", f"Feuille non lue, selon la {why}.", sheet.name)
            return SheetReading(sheet.name, "ignored", Sorted(findings=[told]))
        inspection = inspect_sheet(sheet, released=frozenset(self.lessons.columns))
        reading = self._read_hidden(sheet, inspection) if sheet.is_hidden else self._read_shown(inspection)
        said = [] if sheet.is_hidden else [*inspection.findings, *_explain_blanks(sheet)]
        reading.sorted.findings[:0] = said
        if sheet.is_hidden or reading.layout == "records":
            return reading
        doubts = [one for one in inspection.doubts if not self.lessons.is_settled(one[0])]
        return replace(reading, questions=(*ask_columns(sheet.name, doubts), *reading.questions))

    @property
    def _takes_paths(self) -> bool:
        return self.convention is not None and self.convention.is_paths_allowed

    def _read_hidden(self, sheet: Sheet, inspection: Inspection) -> SheetReading:
        """A hidden sheet gives no figure; one that lists people is refused or told like any other."""
        if inspection.is_list and not self._takes_paths:
            return self._refuse_people(inspection)
        message = "Feuille masquée, non lue. Affichez-la dans le tableur si ses chiffres doivent être pris."
        if inspection.findings:
            message = "Feuille masquée, non lue : elle nomme des personnes. Ôtez-la avant de transmettre le fichier."
        told = Finding(INFORMATION, "feuille_masquee", message, sheet.name)
        return SheetReading(sheet.name, "ignored", Sorted(findings=[told]))

    def _read_shown(self, inspection: Inspection) -> SheetReading:
        sheet = inspection.sheet
        table = find_path_table(sheet, self.vocabulary)
        if table is not None:
            return self._read_paths(sheet, table)
        if inspection.is_list:
            return self._leave_people(inspection) if self._takes_paths else self._refuse_people(inspection)
        reading = self._read_counts(sheet)
        reading.sorted.findings += tell_glued(sheet, self.lexicon)
        if inspection.is_only_names and not reading.sorted.observations and not self._takes_paths:
            return self._refuse_people(inspection)
        return reading

    def _refuse_people(self, inspection: Inspection) -> SheetReading:
        """A list of people where the convention takes none."""
        message = (
            f"{self._who()} ne reçoit pas de liste de personnes, et cette feuille en est une "
            f"({', '.join(inspection.labels)}). Rien n’en est enregistré. "
            "Supprimez la feuille ou remplacez-la par un tableau de comptes, puis redéposez le fichier."
        )
        refused = Finding(BLOCKING, "liste_nominative", message, inspection.sheet.name, inspection.cell)
        return SheetReading(inspection.sheet.name, "ignored", Sorted(findings=[refused]))

    def _leave_people(self, inspection: Inspection) -> SheetReading:
        """A list of people that is no table of paths: read as counts, each row would count one person."""
        message = (
            f"Cette feuille liste des personnes ({', '.join(inspection.labels)}) sans être une table de parcours : "
            "elle n’est pas lue. Pour charger des parcours, gardez un identifiant de dossier et les dates des étapes."
        )
        told = Finding(WARNING, "liste_non_lue", message, inspection.sheet.name, inspection.cell)
        return SheetReading(inspection.sheet.name, "ignored", Sorted(findings=[told]))

    def _list_followed(self) -> Collection[str]:
        return list_followed(self.convention) if self.convention else self.catalogue.measures

    def _who(self) -> str:
        return f"La convention « {self.convention.label} »" if self.convention else "Sans convention désignée, Jalons"

    def _read_paths(self, sheet: Sheet, table: PathTable) -> SheetReading:
        if self.convention is None or not self.convention.is_paths_allowed:
            message = (
                f"{self._who()} ne reçoit pas de fichier individuel : la feuille liste des personnes. "
                "Rien n’en est enregistré. "
                "Déposez un tableau de comptes par territoire et période."
            )
            refused = Finding(BLOCKING, "parcours_refuses", message, sheet.name, cell_name(table.header, 0))
            return SheetReading(sheet.name, "records", Sorted(findings=[refused]))
        key = self.keys.key(self.convention.key)
        reading = read_paths(sheet, table, self.lexicon.places, self.vocabulary, motifs=self.convention.motifs, key=key)
        return SheetReading(sheet.name, "records", Sorted(findings=reading.findings), reading.table)

    def _read_counts(self, sheet: Sheet) -> SheetReading:
        context = Context(
            self.catalogue.measures,
            self.lexicon.read(sheet.name),
            self.lexicon.read(_name_words(self.file)),
            self.period,
            self.convention.territory.code if self.convention else None,
            self.vocabulary.words["title"],
        )
        bands = read_crosstab(sheet, self.lexicon, self.vocabulary.holes, context)
        if not any(label.reading.axes for band in bands for named in band.cells for label in named.labels):
            return SheetReading(sheet.name, "ignored", Sorted(findings=_explain_nameless(bands, sheet.name)))
        asker = Asker(sheet.name, self.catalogue, self.lexicon, self._list_followed())
        out, questions = Sorted(), list[Question]()
        for band in bands:
            judged, checks = judge_totals(band, self.catalogue.measures)
            supplied = take_supplied(judged, self.vocabulary.supplied, self.catalogue.indicators, self.convention)
            kept = supplied.left
            asked = asker.ask(kept, band.band.headers)
            questions += asked.values()
            part = sort_numbers(kept, sheet.name, self.source or "", self.convention, self.catalogue, asked)
            out.observations += [*part.observations, *self._observe_supplied(supplied, sheet.name)]
            out.findings += tell_supplied(supplied, sheet.name)
            out.findings += part.findings + check_totals(checks, sheet.name)
            out.findings += check_rates(band.cells, part.observations, sheet.name, self.catalogue)
        titles = [title for band in bands for in_force in band.band.titles.values() for title in in_force]
        periods = (one.period for one in out.observations)
        out.findings += check_file_period(context.file.moment, titles, periods, sheet.name)
        labels = describe_labels(bands, sheet.name, self.lexicon, self.catalogue)
        layout = "crosstab" if out.observations else "ignored"
        return SheetReading(sheet.name, layout, out, labels=labels, questions=tuple(questions))


    def _observe_supplied(self, supplied: Supplied, sheet: str) -> list[Observation]:
        observed = [(observe(named, sheet, self.source or "", self.convention), one) for named, one in supplied.taken]
        return [replace(one, measure=indicator.code, state="fourni") for one, indicator in observed]


def _name_words(file: str) -> str:
    """The file's name without its extension nor the date of the day, which says when, not of when."""
    return _DATE_IN_NAME.sub(" ", PurePath(file).stem)


def _explain_nameless(bands: list[BandReading], sheet: str) -> list[Finding]:
    """One finding for the numbers of a sheet without any label that the product knows (a cover, a list)."""
    cells = [named for band in bands for named in band.cells]
    if not cells:
        return []
    spots = [named.spot for named in cells]
    message = (
        f"{len(cells)} nombre(s) non retenu(s) ({name_spots(spots)}) : aucun intitulé de la feuille ne nomme "
        "de mesure, de territoire ni de période."
    )
    where = areas_of(sheet, spots)
    return [Finding(INFORMATION, "feuille_sans_compte", message, sheet, cell_name(*spots[0]), where)]


def _explain_blanks(sheet: Sheet) -> list[Finding]:
    """The cells that have no value to read, told once for each reason."""
    told = (
        (sheet.uncached, "formule_sans_valeur", "formule(s) sans valeur calculée",
         "Ouvrez le classeur dans le tableur et enregistrez-le pour les calculer."),
        (sheet.errors, "cellule_en_erreur", "cellule(s) dont la formule donne une erreur", "Corrigez-les."),
    )  # fmt: skip
    return [_explain_blank(sheet.name, cells, code, what, act) for cells, code, what, act in told if cells]


def _explain_blank(sheet: str, cells: Sequence[str], code: str, what: str, act: str) -> Finding:
    shown = ", ".join(cells[:5]) + ("…" if len(cells) > 5 else "")
    message = f"{len(cells)} {what} ({shown}) : elles n’ont pas de nombre à lire, et ne valent jamais zéro. {act}"
    spots = [found[:2] for cell in cells if (found := parse_range(cell))]
    return Finding(WARNING, code, message, sheet, cells[0], areas_of(sheet, spots))
