"""The address of a page in; who looks at it out: a committee does not see small counts."""

from __future__ import annotations

import streamlit as st

from indicators.request import COMMITTEE, PRODUCER
from ui.address import VIEW

PRODUCTEUR, COMITE = "Producteur", "Comité"


def read_audience() -> str:
    """The audience that the address names; a page that asks nobody shows what a producer sees."""
    return COMMITTEE if st.query_params.get(VIEW) == COMITE else PRODUCER
