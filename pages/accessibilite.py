"""Accessibilité: the statement that the law asks for: state, what was tested, what remains and why, whom to tell."""

from __future__ import annotations

from html import escape

import streamlit as st

from ui.accessibility import IMPACTS, load_remaining
from ui.blocks import show_block_title, show_table, show_title
from ui.french import FIXED, join_words, write_date, write_quantity
from ui.pages import PAGES
from ui.shell import open_page
from ui.statement import load_statement, read_contact, read_owner
from ui.tables import Column, Row, render_table

RIGHTS = (
    "Si vous avez signalé un défaut qui vous empêche d’accéder à un contenu et n’avez pas obtenu de réponse qui vous "
    'convienne, vous pouvez <a href="https://formulaire.defenseurdesdroits.fr/">écrire au Défenseur des droits</a>, '
    '<a href="https://www.defenseurdesdroits.fr/saisir/delegues">joindre son délégué près de chez vous</a>, ou lui '
    "adresser un courrier, sans timbre\u00a0: Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07."
)

open_page("Accessibilité")
statement, owner, contact = load_statement(), read_owner(), read_contact()
titles = {page.path: page.title for page in PAGES}

who = escape(owner) if owner else "L’organisme qui met Jalons à votre disposition"
show_title(
    f"Jalons est {statement.state} au RGAA",
    context=["Déclaration d’accessibilité"],
    away=f"établie le {write_date(statement.day)}",
    lead=f"{who} s’engage à rendre ce site accessible, conformément à l’article 47 de la loi n°{FIXED}2005-102 du "
    f"11{FIXED}février 2005. Cette déclaration s’applique à Jalons. {escape(statement.why)}",
)
left, right = st.columns([1.25, 1], gap="medium")
with left, st.container(key="carte-restes"):
    remaining = load_remaining()
    count = write_quantity(len(remaining), "défaut restant", "défauts restants")
    show_block_title(
        "Ce qui n’est pas accessible, et pourquoi",
        f"Contrôle automatique{FIXED}: {count}, aucun grave ni critique. Le reste est dit par ceux qui l’écrivent.",
    )
    rows = [
        Row([
            escape(one.element),
            f"{IMPACTS[one.impact]}, {escape(one.rule)}",
            escape(join_words([titles.get(path, path) for path in one.pages])),
            escape(one.cause),
        ])
        for one in remaining
    ]  # fmt: skip
    rows += [Row([escape(what), "non mesuré", "toutes", escape(cause)]) for what, cause in statement.limits]
    columns = [Column("Contenu"), Column("Défaut"), Column("Pages"), Column("Cause, et ce qui en tient lieu")]
    show_table(render_table(caption="Contenus non accessibles", columns=columns, rows=rows, is_caption_hidden=True))
with right:
    with st.container(key="carte-essais"):
        show_block_title(
            "Ce qui est vérifié à chaque version",
            f"Sur {write_quantity(len(PAGES), 'page', 'pages')}, dans Chromium, par des essais livrés avec le code",
        )
        tested = [(escape(what), f'<span class="j-address">{escape(test)}</span>') for what, test in statement.tested]
        rows = [Row(list(one)) for one in tested]
        columns = [Column("Ce qui est vérifié"), Column("Essai")]
        show_table(render_table(caption="Essais", columns=columns, rows=rows, is_caption_hidden=True))
    with st.container(key="carte-contact"):
        show_block_title("Signaler un défaut, demander un contenu sous une autre forme")
        way = (
            "Aucune adresse n’est encore donnée ici\u00a0: adressez-vous à la personne qui vous a ouvert l’accès à "
            "Jalons, en disant la page et ce qui vous gêne."
        )
        if contact:
            way = f"Écrivez à <b>{escape(contact)}</b>\u202f; une réponse vous sera faite."
        st.html(f'<p class="j-say">{way}</p>')
        show_block_title("Voies de recours", level=3)
        st.html(f'<p class="j-small-say">{RIGHTS}</p>')
        show_block_title("Technologies", level=3)
        st.html('<p class="j-small-say">HTML, CSS, SVG, WAI-ARIA et JavaScript, par Streamlit et Plotly.</p>')
