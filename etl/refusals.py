"""The code of a refusal and its facts in; the error that carries its French sentence, what to do included, out."""

from __future__ import annotations

from collections.abc import Mapping

from etl.workbook import UnreadableError

SENTENCES: Mapping[str, str] = {
    "fichier_vide": "Le fichier est vide (0 octet). Enregistrez-le de nouveau et redéposez-le.",
    "fichier_verrou": (
        "C’est le fichier de verrou (« ~$ ») que le tableur pose à côté d’un classeur ouvert. Déposez le classeur "
        "lui-même."
    ),
    "trop_gros": "Le fichier dépasse {most} Mo. Déposez un classeur par période.",
    "trop_long": "La lecture a dépassé {seconds} secondes et a été arrêtée. Déposez un classeur par période.",
    "trop_de_memoire": (
        "Le classeur demande trop de mémoire pour être lu. Recopiez les cellules utiles dans un classeur neuf, ou "
        "déposez un classeur par période."
    ),
    "lecture_interrompue": (
        "Le classeur est abîmé : sa lecture s’est interrompue. Ouvrez-le dans le tableur, enregistrez-le au format "
        ".xlsx et redéposez-le."
    ),
    "trop_de_cellules": (
        "Une feuille porte plus de {most} cellules remplies, plus qu’aucun retour. Déposez un classeur par période."
    ),
    "csv_demesure": (
        "Le fichier porte {rows} lignes de {columns} colonnes, plus qu’un classeur ne peut en tenir. Déposez un "
        "classeur par période."
    ),
    "feuille_demesuree": (
        "Une feuille s’étend sur {rows} lignes et {columns} colonnes pour {cells} cellules remplies : une cellule "
        "oubliée très loin ? Supprimez les lignes et colonnes vides, puis redéposez."
    ),
    "ligne_demesuree": (
        "Une seule ligne d’une feuille dépasse {most} Mo : aucun tableur n’écrit ainsi. Recopiez les cellules utiles "
        "dans un classeur neuf."
    ),
    "bombe": (
        "Une fois décompressé, le classeur serait démesuré : il est refusé sans être lu. Recopiez les cellules utiles "
        "dans un classeur neuf."
    ),
    "entites_xml": (
        "Le classeur contient des déclarations XML qu’aucun tableur n’écrit (DOCTYPE) : il est refusé. Enregistrez-le "
        "de nouveau depuis le tableur."
    ),
    "archive_suspecte": (
        "L’archive contient {parts} parties : ce n’est pas un classeur ordinaire. Enregistrez-le de nouveau depuis le "
        "tableur."
    ),
    "archive_ambigue": (
        "L’archive contient deux fois la partie « {part} » : on ne sait laquelle croire. Enregistrez le classeur de "
        "nouveau depuis le tableur."
    ),
    "archive_abimee": (
        "Le classeur est abîmé ou tronqué : son archive ne s’ouvre pas. Téléchargez-le ou copiez-le de nouveau, ou "
        "enregistrez-le de nouveau depuis le tableur, puis redéposez-le."
    ),
    "protege": (
        "Le classeur est protégé par un mot de passe. Ouvrez-le dans le tableur, retirez le mot de passe, "
        "enregistrez-le, puis déposez-le de nouveau."
    ),
    "illisible": (
        "Le fichier commence comme un classeur mais ne se lit pas : il est tronqué ou abîmé. Ouvrez-le dans le tableur "
        "et enregistrez-le au format .xlsx."
    ),
    "autre_format": "Le fichier est {kind}, que Jalons ne lit pas. {advice}",
    "format_inconnu": (
        "Ce fichier n’est ni un classeur (xlsx, xls, ods) ni un tableau CSV. Enregistrez le tableau au format .xlsx."
    ),
    "aucune_feuille": "Le classeur ne contient aucune feuille. Redéposez le classeur qui porte le tableau.",
    "feuilles_homonymes": (
        "Deux feuilles portent le même nom, « {name} » : leurs adresses se confondraient. Renommez l’une d’elles dans "
        "le tableur et redéposez le classeur."
    ),
    "aucune_grille": (
        "Le classeur ne contient que des feuilles de graphique, sans cellules. Déposez celui qui porte le tableau."
    ),
}  # fmt: skip


def refuse(code: str, **facts: object) -> UnreadableError:
    """The error to raise."""
    return UnreadableError(code, SENTENCES[code].format(**facts))
