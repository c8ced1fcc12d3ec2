"""The entry script: a session in; the menu of pages out, each of which guards itself."""

from __future__ import annotations

import streamlit as st

from ui.appearance import read_logo
from ui.footer import show_footer
from ui.pages import PAGES, rank_group
from ui.style import underline_group

st.logo(read_logo(), size="large")

entries: dict[str, list[st.Page]] = {}
for page in PAGES:
    entries.setdefault(page.group, []).append(
        st.Page(f"../pages/{page.file}", title=page.title, url_path=page.path, default=page.is_first)
    )
page_run = st.navigation(dict(entries), position="top")
underline_group(rank_group(page_run.url_path))
page_run.run()
show_footer()
