-- Creates the audit log: who did what in a tenant.
-- Safe beside a running version: only a new table.

create table audit_log (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    actor_id uuid,
    actor_kind text not null default 'system',
    action text not null,
    subject_type text,
    subject_id uuid,
    details jsonb not null default '{}',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint audit_log_pk primary key (tenant_id, id),
    constraint audit_log_tenant_fk foreign key (tenant_id) references tenants (id),
    constraint audit_log_actor_kind_known check (actor_kind in ('user', 'customer', 'system', 'operator', 'provider')),
    constraint audit_log_action_present check (action <> '')
);

create index audit_log_recent_idx on audit_log (tenant_id, created_at desc);
create index audit_log_subject_idx on audit_log (tenant_id, subject_id, created_at desc) where subject_id is not null;

select duka_protect('audit_log', '{select,insert}');

comment on table audit_log is 'Who did what. Only ever added to; it outlives what it is about, so its ids carry no foreign keys.';
comment on column audit_log.actor_id is 'The user or customer, by actor_kind.';
comment on column audit_log.action is 'What was done, such as price_changed.';
comment on column audit_log.subject_type is 'The table subject_id is a row of.';
