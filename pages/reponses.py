"""Réponses: what Jalons was taught about the words of each source; each answer can be changed or revoked."""

from __future__ import annotations

from store.answers import read_answers
from ui.blocks import show_empty, show_title
from ui.deposit.answers import show_answers
from ui.french import write_quantity
from ui.shell import open_page

screen = open_page("Réponses")
answers = read_answers(screen.database)
if answers:
    show_title(
        write_quantity(len(answers), "réponse apprise", "réponses apprises"),
        lead="Les prochains retours de la même convention et de la même source se lisent avec elles, sans question. "
        "Une réponse révoquée reste au journal, et la question sera posée de nouveau.",
    )
    show_answers(screen, answers)
else:
    show_title(
        "Jalons lit tous les retours sans rien avoir eu à apprendre",
        lead="Un mot inconnu d’un retour fait poser une question\u202f; sa réponse se retrouverait ici.",
    )
    show_empty(
        "Aucune réponse encore",
        "Quand un libellé n’est pas connu, la page Dépôt demande ce qu’il compte. La réponse vaut pour les retours "
        'suivants, et se change ou se révoque ici. <a href="/depot" target="_self"><b>Déposer un retour</b></a>',
    )
