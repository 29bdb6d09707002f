-- Lets a price that nobody could pay, because the product was a draft or the variant was not sold, count as none; and
-- says what the steps of a delivery area's fee may hold since each further kilogram can be counted.
-- Safe beside a running version: the column has a default, and what stands there counts as charged, as before. A step
-- with a third number cannot be read by an older version, and nobody can write one before this version runs.

alter table price_history add column is_charged boolean not null default true;

grant insert (is_charged), update (is_charged) on price_history to duka_app, duka_worker;

comment on column price_history.is_charged is 'Whether the product was active and the variant sold from then on; what was only written on a draft is no price before.';
comment on column delivery_zones.bands is 'Lists of from and fee in minor units, rising, and by weight what each further kilogram begun adds, when it does: the last whose from is reached replaces the fee.';
