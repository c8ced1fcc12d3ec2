"""The tables and views of the database as SQL text, and the version that their shape carries.

Seven tables only ever grow: `imports`, `journal`, `observations`, `parcours`, `facts`, `answers`, `hidden_counts`.
What counts today is read in the views: for each key, the row of the latest import that nobody undid. The `cube` and
the `delays` are derived and rebuilt. An absent convention or source is the empty text in rows (so that keys compare),
null in `imports`.

The version is that of the tables that others read. A table added beside them keeps it: opening an older
database makes what it lacks, and an older Jalons opens this one without seeing the new table.
"""

from __future__ import annotations

VERSION = 1
WITHDRAWN = "retiré"
"""State of an observation that says: the user withdrew this figure."""

TABLES = """
create table if not exists schema_version (version integer not null);

create table if not exists imports (
    id varchar primary key,
    seq bigint not null,
    loaded_at timestamp not null,
    author varchar not null,
    file varchar not null,
    file_hash varchar not null,
    convention varchar,
    source varchar,
    options json not null,
    observations integer not null,
    records integer not null,
    sheets json not null,
    findings json not null
);

create table if not exists journal (
    seq bigint not null,
    done_at timestamp not null,
    author varchar not null,
    action varchar not null check (action in ('charger', 'annuler', 'retirer')),
    import_id varchar not null,
    detail json not null
);

create table if not exists observations (
    import_id varchar not null,
    seq bigint not null,
    convention varchar not null,
    source varchar not null,
    measure varchar not null,
    territory varchar not null,
    period varchar not null,
    segment varchar not null,
    value double,
    state varchar not null,
    sheet varchar not null,
    cell varchar not null,
    is_context boolean not null
);

create table if not exists parcours (
    import_id varchar not null,
    seq bigint not null,
    convention varchar not null,
    source varchar not null,
    pseudonym varchar not null,
    rank integer not null,
    territory varchar,
    agence varchar,
    prescripteur varchar,
    date_orientation date,
    date_premier_contact date,
    date_diagnostic date,
    date_integration date,
    date_sortie date,
    motif varchar,
    sexe varchar,
    age varchar,
    publics varchar[],
    niveau_formation varchar,
    entretiens integer,
    sheet varchar not null,
    row integer not null,
    is_withdrawn boolean not null
);

create table if not exists facts (
    id varchar primary key,
    seq bigint not null,
    convention varchar not null,
    kind varchar not null,
    about varchar,
    period varchar,
    territory varchar,
    text varchar,
    number double,
    day date,
    author varchar not null,
    recorded_at timestamp not null,
    revokes varchar
);

create table if not exists answers (
    id varchar primary key,
    seq bigint not null,
    convention varchar not null,
    source varchar,
    kind varchar not null,
    text varchar not null,
    meaning json not null,
    author varchar not null,
    recorded_at timestamp not null,
    revokes varchar
);

create table if not exists hidden_counts (
    convention varchar not null,
    reading varchar not null,
    count_name varchar not null,
    edition varchar not null,
    recorded_at timestamp not null
);

create table if not exists cube (
    convention varchar not null,
    source varchar not null,
    origin varchar not null,
    reading varchar not null,
    measure varchar not null,
    territory varchar not null,
    period varchar not null,
    segment varchar not null,
    value double,
    state varchar not null
);

create table if not exists delays (
    convention varchar not null,
    source varchar not null,
    reading varchar not null,
    stage_from varchar not null,
    stage_to varchar not null,
    territory varchar,
    cohort varchar not null,
    state varchar not null,
    days integer,
    months integer,
    paths integer not null,
    horizon date not null
);
"""

# One file can name a figure in two cells: the first that has a value stands for it. No path of the first import is
# later than another: with one import alone, nothing is compared.
VIEWS = f"""
create view if not exists active_imports as
select * from imports
where id not in (select import_id from journal where action = 'annuler');

create view if not exists current_observations as
select * from (
    select o.* from observations o semi join active_imports a on a.id = o.import_id
    qualify row_number() over (
        partition by o.convention, o.source, o.measure, o.territory, o.period, o.segment
        order by o.seq desc, o.value is null, o.sheet, length(o.cell), o.cell
    ) = 1
)
where state <> '{WITHDRAWN}';

create view if not exists current_parcours as
select p.* from parcours p semi join active_imports a on a.id = p.import_id
anti join (
    select l.* from parcours l semi join active_imports a on a.id = l.import_id
    where l.seq > (select min(seq) from parcours)
) later on later.convention = p.convention and later.source = p.source
    and later.pseudonym = p.pseudonym and later.rank = p.rank and later.seq > p.seq
where not p.is_withdrawn;
"""
