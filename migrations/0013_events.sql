-- Creates the events shoppers cause, one partition a month, and the function that makes months ahead.
-- Safe beside a running version: only new tables and functions.

-- An event outlives what it is about, and a whole batch must not fail because a cart is gone: so its ids carry no
-- foreign keys. They are only ever joined together with tenant_id.
create table events (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    event_type text not null,
    user_id uuid,
    customer_id uuid,
    session_id text,
    product_id uuid,
    order_id uuid,
    cart_id uuid,
    channel text,
    device text,
    city_area text,
    amount_cents bigint,
    properties jsonb not null default '{}',
    occurred_at timestamptz not null default now(),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint events_pk primary key (tenant_id, id, occurred_at),
    constraint events_tenant_fk foreign key (tenant_id) references tenants (id),
    constraint events_type_known check (event_type in (
        'page_view', 'product_view', 'add_to_cart', 'checkout_start', 'payment_started', 'payment_failed',
        'payment_succeeded', 'order_completed', 'search', 'whatsapp_click'
    )),
    constraint events_amount_positive check (amount_cents >= 0)
) partition by range (occurred_at);

create index events_type_idx on events (tenant_id, event_type, occurred_at);
create index events_product_idx on events (tenant_id, product_id, occurred_at) where product_id is not null;
create index events_properties_idx on events using gin (tenant_id, properties);

select duka_protect('events', '{select,insert}');

comment on table events is 'What shoppers did, written by the server. Only ever added to; old months are dropped whole.';
comment on column events.session_id is 'Hash of the visit''s cookie, for counting visits; names nobody.';
comment on column events.device is 'Kind of device: phone, tablet, desktop, bot.';
comment on column events.properties is 'What else belongs to this type of event, such as the words searched for.';

-- Rows of months nobody made a partition for.
create table events_default partition of events default;
select duka_guard('events_default');

comment on table events_default is 'Events of months without a partition; empty as long as the months are made ahead.';

create function duka_make_event_partition(month_start date) returns boolean
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
    first_day date := date_trunc('month', month_start::timestamp)::date;
    child text := 'events_' || to_char(first_day, 'YYYY_MM');
    opens timestamptz := first_day::timestamp at time zone 'UTC';
    closes timestamptz := (first_day + interval '1 month') at time zone 'UTC';
begin
    perform pg_advisory_xact_lock(hashtext('duka_make_event_partition'));
    if to_regclass('public.' || child) is not null then
        return false;
    end if;

    -- Made apart and then attached: attaching does not stop readers and writers of the other months.
    execute format('create table public.%I (like public.events including all)', child);
    execute format('comment on table public.%I is %L', child, 'Events of ' || to_char(first_day, 'YYYY-MM') || ', in UTC.');

    -- Rows of the month that already fell into the default partition move along. The owner sees them only unforced.
    lock table public.events_default in access exclusive mode;
    alter table public.events_default no force row level security;
    execute format(
        'with moved as (delete from public.events_default where occurred_at >= %L and occurred_at < %L returning *)
         insert into public.%I select * from moved',
        opens, closes, child
    );
    alter table public.events_default force row level security;

    perform public.duka_guard(('public.' || child)::regclass);
    execute format(
        'alter table public.events attach partition public.%I for values from (%L) to (%L)', child, opens, closes
    );
    return true;
end
$$;

comment on function duka_make_event_partition(date) is
    'Makes and protects the partition of one month (UTC) and moves rows of it out of the default; false when it exists.';

create function ensure_event_partitions(months_ahead int) returns int
language plpgsql
security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
    this_month date := date_trunc('month', now() at time zone 'UTC')::date;
    made int := 0;
begin
    if months_ahead is null or months_ahead not between 0 and 24 then
        raise exception 'months_ahead must be between 0 and 24, got %', months_ahead;
    end if;
    for step in 0 .. months_ahead loop
        if public.duka_make_event_partition((this_month + make_interval(months => step))::date) then
            made := made + 1;
        end if;
    end loop;
    return made;
end
$$;

comment on function ensure_event_partitions(int) is
    'Makes the partitions of this month and so many ahead; returns how many were missing.';

grant execute on function ensure_event_partitions(int) to duka_worker, duka_migrator;

do $$
begin
    for step in -3 .. 3 loop
        perform duka_make_event_partition(
            (date_trunc('month', now() at time zone 'UTC') + make_interval(months => step))::date
        );
    end loop;
end
$$;
