-- Lets a form that asked for a prompt be known again, and prompts be found by the phone they went to.
-- Safe beside a running version: columns that may be null or have a default, and indexes on a table that is still small.

alter table payments
    add column idempotency_key text,
    add column asked_by_rider boolean not null default false,
    add constraint payments_key_present check (idempotency_key <> '');

create unique index payments_key_unique on payments (tenant_id, idempotency_key) where idempotency_key is not null;
create index payments_prompted_idx on payments (tenant_id, phone, claimed_at desc) where hook_token_hash is not null;

grant insert (idempotency_key, asked_by_rider) on payments to duka_app, duka_worker;
grant update (idempotency_key, asked_by_rider) on payments to duka_app, duka_worker;

comment on column payments.idempotency_key is 'A digest of the order and the key of the form that asked for the prompt: the same form sent twice is one prompt. Null for all others.';
comment on column payments.asked_by_rider is 'A rider asked for the prompt at the door: the number may be anybody''s and is not taken for the buyer''s own.';
