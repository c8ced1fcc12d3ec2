"""The address in; the bare page that it asks for, else the dashboard, out."""

from __future__ import annotations

import runpy
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st

YEARS = {"2024": (412, 268, 214, 131), "2023": (438, 272, 205, 126)}


def draw_bare_page() -> None:
    """What a first script would be: a choice and one chart."""
    st.title("Parcours")
    year = st.selectbox("Période", list(YEARS))
    st.plotly_chart(go.Figure(go.Bar(x=list("ABCD"), y=YEARS[year], text=YEARS[year])), key="bare")


if "nu" in st.query_params:
    draw_bare_page()
else:
    runpy.run_path(str(Path(__file__).resolve().parent.parent / "ui" / "menu.py"))
