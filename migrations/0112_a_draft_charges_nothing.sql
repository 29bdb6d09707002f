-- Lets a price that nobody could pay, because the product was a draft or the variant was not sold, count as none.
-- Safe beside a running version: the column has a default, and what stands there counts as charged, as before.

alter table price_history add column is_charged boolean not null default true;

grant insert (is_charged), update (is_charged) on price_history to duka_app, duka_worker;

comment on column price_history.is_charged is 'Whether the product was active and the variant sold from then on; what was only written on a draft is no price before.';
