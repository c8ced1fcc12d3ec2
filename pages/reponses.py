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
    show_title("Réponses apprises")
    show_empty(
        "Aucune réponse encore",
        "Quand un libellé n’est pas connu, la page "
        '<a href="/depot" target="_self">Dépôt</a> demande ce qu’il compte. La réponse se retrouve ici, '
        "et vaut pour les retours suivants.",
    )
