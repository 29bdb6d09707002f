-- Lets a delivery area say more of its fee and time: free above a sum, by weight or value, a last hour of the day,
-- collected at the shop, and one area that stands for every place that no other does.
-- Safe beside a running version: the columns have defaults that change no fee, and the old statements name their own.

alter table delivery_zones
    add column free_from_cents bigint,
    add column band_by text,
    add column bands jsonb not null default '[]',
    add column cut_off_minute int,
    add column is_collection boolean not null default false,
    add column takes_the_rest boolean not null default false,
    add constraint delivery_zones_free_from_counts check (free_from_cents > 0),
    add constraint delivery_zones_band_by_known check (band_by in ('weight', 'value')),
    add constraint delivery_zones_bands_are_listed check (jsonb_typeof(bands) = 'array' and (band_by is null) = (bands = '[]')),
    add constraint delivery_zones_cut_off_in_a_day check (cut_off_minute between 0 and 1439),
    add constraint delivery_zones_collected_for_nothing check (
        not is_collection or fee_cents = 0 and bands = '[]' and not takes_the_rest
    );

create unique index delivery_zones_one_rest on delivery_zones (tenant_id) where takes_the_rest;

grant insert (free_from_cents, band_by, bands, cut_off_minute, is_collection, takes_the_rest) on delivery_zones to duka_app, duka_worker;
grant update (free_from_cents, band_by, bands, cut_off_minute, is_collection, takes_the_rest) on delivery_zones to duka_app, duka_worker;

comment on column delivery_zones.fee_cents is 'In the store''s currency, VAT included; what is charged when no other rule of the area says otherwise.';
comment on column delivery_zones.free_from_cents is 'Goods of this sum and more are brought for nothing; null for never.';
comment on column delivery_zones.band_by is 'What the steps in bands count: grams of the goods, or their value in minor units.';
comment on column delivery_zones.bands is 'Pairs of from and fee in minor units, rising: the last whose from is reached replaces the fee.';
comment on column delivery_zones.cut_off_minute is 'Minutes after midnight in the tenant''s timezone; what is ordered from then on arrives a day later. Null for none.';
comment on column delivery_zones.is_collection is 'The buyer comes to the shop: nothing is paid and no address is asked for.';
comment on column delivery_zones.takes_the_rest is 'Stands for every place of the country that no other area of the tenant stands for; at most one.';
