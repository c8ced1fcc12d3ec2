"""A folder and a seed in; every workbook of the demonstration, in the order of its deposit, out."""

from __future__ import annotations

from pathlib import Path

from demo.accompagnement_global import write_accompagnement_global
from demo.accompagnement_parcours import write_accompagnement_parcours
from demo.accompagnement_social import write_accompagnement_social
from demo.france_travail import write_france_travail
from demo.metz import write_metz
from demo.paths import write_paths
from demo.plie import write_plie
from demo.rouen import write_rouen
from demo.samples import Sample
from demo.troyes import write_troyes
from demo.world import build_dossiers


def write_samples(out: Path, seed: int) -> list[Sample]:
    """Write every workbook; the same seed gives the same bytes."""
    out.mkdir(parents=True, exist_ok=True)
    dossiers = build_dossiers(seed)
    return [
        *write_plie(out, dossiers),
        *write_france_travail(out, dossiers, seed),
        *write_paths(out, dossiers),
        *write_accompagnement_global(out, seed),
        *write_accompagnement_social(out, seed),
        *write_accompagnement_parcours(out, seed),
        *write_metz(out, seed),
        *write_rouen(out, seed),
        *write_troyes(out, seed),
    ]
