-- Creates the daily close of the money, and the gaps between our payments and the provider's own list.
-- Safe beside a running version: new tables only.

-- A close is one day of a merchant's calendar: the money that came in on it, by where it stood when it was closed. What
-- came and what stands somewhere must be the same; the difference is kept so that nobody has to believe it.
create table daily_closes (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    day date not null,
    finished_at timestamptz,
    payment_count int not null default 0,
    received_cents bigint not null default 0,
    order_cents bigint not null default 0,
    refund_cents bigint not null default 0,
    credit_cents bigint not null default 0,
    inbox_cents bigint not null default 0,
    returned_cents bigint not null default 0,
    difference_cents bigint not null default 0,
    currency text not null default 'KES',
    booked_count int not null default 0,
    listed_from timestamptz,
    listed_until timestamptz,
    listed_count int not null default 0,
    landed_count int not null default 0,
    list_problem text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint daily_closes_pk primary key (tenant_id, id),
    constraint daily_closes_tenant_fk foreign key (tenant_id) references tenants (id),
    constraint daily_closes_once unique (tenant_id, day),
    constraint daily_closes_counts_positive check (payment_count >= 0 and booked_count >= 0 and listed_count >= 0 and landed_count >= 0),
    constraint daily_closes_received_positive check (received_cents >= 0),
    constraint daily_closes_adds_up check (difference_cents = received_cents - order_cents - refund_cents - credit_cents - inbox_cents - returned_cents),
    constraint daily_closes_currency_code check (currency ~ '^[A-Z]{3}$'),
    constraint daily_closes_list_problem_known check (list_problem in ('no_account', 'not_registered', 'not_reached', 'refused')),
    constraint daily_closes_list_has_both_ends check ((listed_from is null) = (listed_until is null))
);

create index daily_closes_open_idx on daily_closes (tenant_id, day) where finished_at is null;

select duka_protect('daily_closes', '{select,insert,update}');

comment on table daily_closes is 'A day''s received money by where it stood when the day was closed; one row a day, begun before it is reckoned.';
comment on column daily_closes.day is 'By the merchant''s calendar.';
comment on column daily_closes.finished_at is 'Null while it is reckoned, or when that was interrupted: then it is done again.';
comment on column daily_closes.received_cents is 'What came in on the day, whatever became of it later.';
comment on column daily_closes.returned_cents is 'Of it, what had been given back by then.';
comment on column daily_closes.difference_cents is 'What came and stands nowhere; zero, or somebody has to look.';
comment on column daily_closes.booked_count is 'Payments from before the ledger that were given their place.';
comment on column daily_closes.listed_until is 'The end of the provider''s list it was compared with; null when there was none.';
comment on column daily_closes.landed_count is 'Payments that only the list told of.';
comment on column daily_closes.list_problem is 'Why there was no list; null when there was one.';

-- A gap is a receipt on which the provider's list and our payments do not agree. It is found again every night as long
-- as the list reaches back to it, so it is one row for good; a person closes it with a note, or the list comes to agree.
create table close_gaps (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    kind text not null,
    day date not null,
    receipt text not null,
    payment_id uuid,
    ours_cents bigint,
    listed_cents bigint,
    currency text not null default 'KES',
    closed_at timestamptz,
    closed_by uuid,
    note text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint close_gaps_pk primary key (tenant_id, id),
    constraint close_gaps_tenant_fk foreign key (tenant_id) references tenants (id),
    constraint close_gaps_payment_fk foreign key (tenant_id, payment_id) references payments (tenant_id, id),
    constraint close_gaps_closed_by_fk foreign key (tenant_id, closed_by) references users (tenant_id, id),
    constraint close_gaps_once unique (tenant_id, kind, receipt),
    constraint close_gaps_kind_known check (kind in ('not_listed', 'not_taken', 'amount')),
    constraint close_gaps_sums_positive check (ours_cents >= 0 and listed_cents >= 0),
    constraint close_gaps_receipt_length check (char_length(receipt) between 1 and 40),
    constraint close_gaps_note_length check (char_length(note) <= 500),
    constraint close_gaps_note_closes check (note is null or closed_at is not null),
    constraint close_gaps_currency_code check (currency ~ '^[A-Z]{3}$')
);

create index close_gaps_day_idx on close_gaps (tenant_id, day);
create index close_gaps_open_idx on close_gaps (tenant_id, day) where closed_at is null;
create index close_gaps_payment_idx on close_gaps (tenant_id, payment_id) where payment_id is not null;

select duka_protect('close_gaps', '{select,insert,update}', '{ours_cents,listed_cents,closed_at,closed_by,note,updated_at}');

comment on table close_gaps is 'A receipt on which the provider''s list and our payments do not agree.';
comment on column close_gaps.kind is 'not_listed: ours, and the list does not have it; not_taken: on the list, and it could not be taken; amount: the two sums differ.';
comment on column close_gaps.day is 'The day of the merchant''s calendar on which the money moved.';
comment on column close_gaps.receipt is 'M-Pesa''s receipt.';
comment on column close_gaps.closed_by is 'Who closed it; null when a later list came to agree.';
comment on column close_gaps.note is 'What whoever closed it found out.';
