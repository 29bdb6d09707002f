-- Keeps what is said of a file's rows as the thing that it says, so that a page tells it in the reader's language.
-- Safe beside a running version: a new column that may be null.

alter table import_notes add column remark jsonb;

grant insert (remark) on import_notes to duka_app, duka_worker;

comment on column import_notes.wrong is 'The remark in English.';
comment on column import_notes.remark is 'The same as the program knows it, by its kind; null in rows from before, which are told as they were written.';
