-- Lets an import be uploaded, tried, started, left and found again: its file, its columns, how far it is, its report.
-- Safe beside a running version: columns with defaults or that may be null, wider checks, and a new table.

alter table import_runs
    add column file_key text,
    add column file_size bigint not null default 0,
    add column head jsonb not null default '{}',
    add column reading jsonb,
    add column rate text,
    add column total_rows int not null default 0,
    add column rows_done int not null default 0,
    add column unchanged_count int not null default 0,
    add column refused_count int not null default 0,
    add column note_count int not null default 0,
    add column next_product int not null default 0,
    add column next_picture int not null default 0,
    add column checked jsonb,
    add column problem jsonb,
    add column claim text,
    add column claimed_until timestamptz,
    add column cancel_asked_at timestamptz,
    add column finished_at timestamptz,
    add column created_by uuid,
    add constraint import_runs_created_by_fk foreign key (tenant_id, created_by) references users (tenant_id, id),
    add constraint import_runs_progress_positive check (
        file_size >= 0 and total_rows >= 0 and rows_done >= 0 and unchanged_count >= 0 and refused_count >= 0
        and note_count >= 0 and next_product >= 0 and next_picture >= 0
    ),
    drop constraint import_runs_format_known,
    drop constraint import_runs_status_known,
    add constraint import_runs_format_known check (format in ('shopify', 'woocommerce', 'duka', 'mapped')),
    add constraint import_runs_status_known check (
        status in ('uploaded', 'checking', 'checked', 'waiting', 'running', 'succeeded', 'failed', 'cancelled', 'dry_run')
    );

grant insert (file_key, file_size, head, reading, rate, total_rows, rows_done, unchanged_count, refused_count, note_count, next_product, next_picture, checked, problem, claim, claimed_until, cancel_asked_at, finished_at, created_by) on import_runs to duka_app, duka_worker;
grant update (file_key, file_size, head, reading, rate, total_rows, rows_done, unchanged_count, refused_count, note_count, next_product, next_picture, checked, problem, claim, claimed_until, cancel_asked_at, finished_at, created_by) on import_runs to duka_app, duka_worker;

comment on column import_runs.format is 'Whose columns the file has; mapped when a person said what they are.';
comment on column import_runs.status is 'uploaded: a person has to say what the columns are; checking and checked: tried without writing; waiting: to be begun; then running and how it ended.';
comment on column import_runs.file_key is 'Where the uploaded file lies in the media store, under no address; null when it came by the command line or has been removed.';
comment on column import_runs.head is 'The file''s columns and first rows, for the person who says what they are.';
comment on column import_runs.reading is 'How the file is read: a format, or what each column is.';
comment on column import_runs.rate is 'What foreign prices are multiplied with, as it was typed; null when they are shillings.';
comment on column import_runs.total_rows is 'Rows of the file, 0 until it was looked through.';
comment on column import_runs.rows_done is 'Rows of the file that are settled.';
comment on column import_runs.unchanged_count is 'Products; likewise refused_count. error_count counts rows.';
comment on column import_runs.note_count is 'Rows of import_notes of this run.';
comment on column import_runs.next_product is 'Where it goes on: written with each batch of products, in its transaction.';
comment on column import_runs.next_picture is 'The same for the pictures that are fetched afterwards.';
comment on column import_runs.checked is 'What the try without writing came to, counted in products.';
comment on column import_runs.problem is 'Why the whole file was not taken, typed in the program.';
comment on column import_runs.claim is 'A random word of whoever works on it; every batch is written under it, so that two never do.';
comment on column import_runs.claimed_until is 'When whoever works on it counts as gone.';
comment on column import_runs.created_by is 'The user who brought it; null for the command line.';

-- A note is something about a row of the file, or about one of its cells.
create table import_notes (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    run_id uuid not null,
    line int not null,
    handle text not null default '',
    column_name text not null default '',
    says text not null default '',
    wrong text not null,
    is_refusal boolean not null default false,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint import_notes_pk primary key (tenant_id, id),
    constraint import_notes_run_fk foreign key (tenant_id, run_id) references import_runs (tenant_id, id) on delete cascade,
    constraint import_notes_line_counts check (line > 0)
);

create index import_notes_run_idx on import_notes (tenant_id, run_id, line);

select duka_protect('import_notes', '{select,insert,delete}');

comment on table import_notes is 'What is to be told about the rows of a file; goes with the file after 30 days.';
comment on column import_notes.handle is 'What the file calls the product.';
comment on column import_notes.column_name is 'What the file calls the column; empty when it is about the whole row.';
comment on column import_notes.says is 'What stands in the cell, cut.';
comment on column import_notes.is_refusal is 'The row''s product stayed out.';
