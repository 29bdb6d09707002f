-- Creates the summaries jobs compute from events: the funnel, figures per product, and cards of advice.
-- Safe beside a running version: only new tables and a view.

-- How many visits reached a step on a day. Row security does not reach materialised views, so the funnel is an ordinary
-- table that a job fills, under an invoker view with the rates.
create table funnel_days (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    day date not null,
    step text not null,
    sessions bigint not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint funnel_days_pk primary key (tenant_id, id),
    constraint funnel_days_tenant_fk foreign key (tenant_id) references tenants (id),
    constraint funnel_days_step_once unique (tenant_id, day, step),
    constraint funnel_days_step_known check (step in (
        'page_view', 'product_view', 'add_to_cart', 'checkout_start', 'payment_started', 'payment_succeeded'
    )),
    constraint funnel_days_sessions_positive check (sessions >= 0)
);

select duka_protect('funnel_days');

comment on table funnel_days is 'Visits that reached a step, per day of the tenant''s timezone.';
comment on column funnel_days.step is 'The event that marks the step.';

create view funnels with (security_invoker = true) as
with ordered as (
    select
        tenant_id,
        day,
        step,
        sessions,
        array_position(
            array['page_view', 'product_view', 'add_to_cart', 'checkout_start', 'payment_started', 'payment_succeeded'],
            step
        ) as position
    from funnel_days
)
select
    tenant_id,
    day,
    step,
    position,
    sessions,
    sessions::double precision
        / nullif(max(sessions) filter (where position = 1) over (partition by tenant_id, day), 0) as of_visits,
    sessions::double precision
        / nullif(lag(sessions) over (partition by tenant_id, day order by position), 0) as of_previous_step
from ordered;

grant select on funnels to duka_app, duka_worker;

comment on view funnels is 'Conversion per step and day; runs with the rights of who asks, so row security holds.';
comment on column funnels.of_visits is 'Share of the day''s visits that reached the step, 0 to 1.';
comment on column funnels.of_previous_step is 'Share of the step before that went on to this one.';

create table product_insights (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    product_id uuid not null,
    views bigint not null default 0,
    add_to_carts bigint not null default 0,
    orders bigint not null default 0,
    conversion_rate double precision not null default 0,
    abandonments bigint not null default 0,
    avg_scroll_depth double precision,
    image_engagement_score double precision,
    last_calculated_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint product_insights_pk primary key (tenant_id, id),
    constraint product_insights_product_fk foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade,
    constraint product_insights_product_once unique (tenant_id, product_id),
    constraint product_insights_counts_positive check (views >= 0 and add_to_carts >= 0 and orders >= 0 and abandonments >= 0)
);

select duka_protect('product_insights');

comment on table product_insights is 'How a product does, recomputed every night.';
comment on column product_insights.conversion_rate is 'Orders per view.';
comment on column product_insights.avg_scroll_depth is 'How far down its page people look, 0 to 1.';
comment on column product_insights.image_engagement_score is 'How much its pictures are looked through, 0 to 1.';

create table insight_cards (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    category text not null,
    title text not null,
    body text not null default '',
    severity text not null default 'info',
    applies_to_product_id uuid,
    applies_to_area text,
    metric_snapshot jsonb not null default '{}',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint insight_cards_pk primary key (tenant_id, id),
    constraint insight_cards_tenant_fk foreign key (tenant_id) references tenants (id),
    constraint insight_cards_product_fk foreign key (tenant_id, applies_to_product_id) references products (tenant_id, id) on delete cascade,
    constraint insight_cards_category_known check (category in ('pricing', 'delivery', 'trust', 'payment')),
    constraint insight_cards_severity_known check (severity in ('info', 'warn', 'action'))
);

create index insight_cards_recent_idx on insight_cards (tenant_id, created_at desc);
create index insight_cards_product_idx on insight_cards (tenant_id, applies_to_product_id) where applies_to_product_id is not null;

select duka_protect('insight_cards');

comment on table insight_cards is 'A piece of advice to the merchant, with the figures it rests on.';
comment on column insight_cards.metric_snapshot is 'The figures as they were when the card was written.';
