-- Creates the mails the program sends: to whom, about what, and what became of it. The words are made when it is sent.
-- Safe beside a running version: only a new table.

create table mails (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    kind text not null,
    recipient text not null,
    locale text not null default 'en',
    subject_id uuid not null,
    status text not null default 'queued',
    sent_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint mails_pk primary key (tenant_id, id),
    constraint mails_tenant_fk foreign key (tenant_id) references tenants (id),
    constraint mails_kind_present check (kind <> ''),
    constraint mails_recipient_present check (recipient <> ''),
    constraint mails_locale_known check (locale in ('en', 'sw')),
    constraint mails_status_known check (status in ('queued', 'sent', 'dropped')),
    constraint mails_sent_has_time check ((sent_at is not null) = (status = 'sent'))
);

create index mails_recent_idx on mails (tenant_id, created_at desc);
create index mails_recipient_idx on mails (tenant_id, recipient);

select duka_protect('mails');

comment on table mails is 'A mail that was asked for. It holds no text and no link: those are made again from what it is about.';
comment on column mails.kind is 'What it says: welcome, reset_password, invite and so on.';
comment on column mails.recipient is 'The address it goes to.';
comment on column mails.subject_id is 'The row it is about, by kind: a user, an invite, an account token.';
comment on column mails.status is 'dropped: what it was about is over, so it was not sent.';
