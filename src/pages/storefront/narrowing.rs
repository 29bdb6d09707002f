//! What categories and searches do alike in their statements: narrow what is listed, count, and cut out one page.

use super::{
    listing::{BAND_EDGES, Band, Facets, Listing, OptionTally, Tally},
    rows::count,
};
use serde::Deserialize;
use serde_json::{Map, Value};

/// The statement of a list: `$base` says in a table `base` which products are listed (`ids`, in order), `$more` what
/// else is selected and from what. `$1` is the tenant, `$2` the store, `$3` the time; what is the page's own begins at
/// `$13`. Nothing in it joins two lists: the planner does not know how long they are.
macro_rules! narrowed {
    ($tx:ident, $store:expr, $now:expr, $listing:expr, $base:tt, $more:tt, $($own:expr),+ $(,)?) => {
        sqlx::query!(
            $base
                + r#", pieces as materialized (
               select p.id, p.name, p.brand, p.option_names, p.created_at, v.attributes, listed.place,
                      min(v.price_cents) over (partition by p.id) / 100 as lowest,
                      v.stock_quantity > (select held.pieces from pieces_held($1, v.id, $3) as held (pieces)) as is_free,
                      array(
                          select asked.key
                          from jsonb_each($8::jsonb) asked
                          where not asked.value ? coalesce(v.attributes ->> asked.key, '')
                      ) as unmet
               from base
               cross join lateral unnest(base.ids[:5000]) with ordinality as listed (id, place)
               join products p on p.tenant_id = $1 and p.id = listed.id
               join product_variants v on v.tenant_id = $1 and v.product_id = p.id and v.is_active
           ), judged as materialized (
               select s.id, s.name, s.brand, s.option_names, s.created_at, s.attributes, s.place, s.lowest, s.unmet,
                      s.is_free and s.unmet = '{}' as is_free_so,
                      s.is_free or not $4 as fits_stock,
                      ($5::bigint is null or s.lowest >= $5) and ($6::bigint is null or s.lowest <= $6) as fits_price,
                      cardinality($7::text[]) = 0 or coalesce(s.brand = any ($7::text[]), false) as fits_brand
               from pieces s
           ), offers as materialized (
               select j.id, j.name, j.brand, j.created_at, j.place, j.lowest, j.fits_price, j.fits_brand,
                      bool_or(j.is_free_so) as is_free,
                      bool_or(j.fits_stock and j.unmet = '{}') as fits_piece
               from judged j
               group by j.id, j.name, j.brand, j.created_at, j.place, j.lowest, j.fits_price, j.fits_brand
           ), fitting as materialized (
               select o.id, o.name, o.created_at, o.place, o.lowest
               from offers o
               where o.fits_piece
                 and o.fits_price
                 and o.fits_brand
           ), narrowed as (
               select (select count(*) from fitting) as product_count,
                      array(
                          select f.id
                          from fitting f
                          order by case when $9::text = 'price_up' then f.lowest end,
                                   case when $9::text = 'price_down' then f.lowest end desc,
                                   case when $9::text = 'name' then lower(f.name) end,
                                   case when $9::text <> 'best' then f.created_at end desc,
                                   f.place, f.id
                          limit $11::bigint
                          offset (greatest(least($10::bigint, ((select count(*) from fitting) + $11::bigint - 1) / $11::bigint), 1) - 1) * $11::bigint
                      ) as shown,
                      jsonb_build_object(
                          'in_stock', (select count(*) from offers o where o.is_free and o.fits_price and o.fits_brand),
                          'bands', (
                              select coalesce(jsonb_agg(jsonb_build_object('place', b.place, 'count', b.many) order by b.place), '[]')
                              from (
                                  select width_bucket(o.lowest, $12::bigint[]) as place, count(*) as many
                                  from offers o
                                  where o.fits_piece
                                    and o.fits_brand
                                  group by 1
                              ) b
                          ),
                          'brands', (
                              select coalesce(jsonb_agg(jsonb_build_object('value', b.brand, 'count', b.many) order by b.many desc, b.brand), '[]')
                              from (
                                  select o.brand, count(*) as many
                                  from offers o
                                  where o.fits_piece
                                    and o.fits_price
                                    and char_length(o.brand) between 1 and 80
                                    and o.brand !~ '[[:cntrl:]]'
                                  group by o.brand
                                  order by (o.brand = any ($7::text[])) desc, count(*) desc, o.brand
                                  limit 12
                              ) b
                          ),
                          'options', (
                              select coalesce(jsonb_agg(jsonb_build_object('name', c.name, 'value', c.value, 'count', c.many) order by c.rank, c.place), '[]')
                              from (
                                  select r.name, r.value, r.many, r.place,
                                         dense_rank() over (order by r.is_asked desc, r.weight desc, r.name) as rank
                                  from (
                                      select g.name, g.value, g.many, $8::jsonb ? g.name as is_asked,
                                             sum(g.many) over (partition by g.name) as weight,
                                             row_number() over (
                                                 partition by g.name
                                                 order by coalesce(($8::jsonb -> g.name) ? g.value, false) desc, g.many desc, g.value
                                             ) as place
                                      from (
                                          select e.name, e.value, count(*) as many
                                          from (
                                              select distinct j.id, n.name, j.attributes ->> n.name as value
                                              from judged j
                                              cross join lateral unnest(j.option_names) as n (name)
                                              where j.fits_price
                                                and j.fits_brand
                                                and j.fits_stock
                                                and (j.unmet = '{}' or j.unmet = array[n.name])
                                          ) e
                                          where char_length(e.name) between 1 and 40
                                            and char_length(e.value) between 1 and 80
                                            and strpos(e.name, ':') = 0
                                            and e.name !~ '[[:cntrl:]]'
                                            and e.value !~ '[[:cntrl:]]'
                                          group by e.name, e.value
                                      ) g
                                  ) r
                              ) c
                              where c.rank <= 4
                                and c.place <= 12
                          )
                      ) as facets
           )
           select narrowed.product_count as "product_count!", narrowed.shown as "products!",
                  narrowed.facets as "facets!: Json<FacetRows>", cardinality(base.ids) as "listed!","#
                + $more,
            $tx.tenant(),
            $store,
            $now,
            $listing.in_stock,
            $listing.min.map(i64::from),
            $listing.max.map(i64::from),
            &$listing.brands,
            $crate::pages::storefront::narrowing::asked(&$listing),
            $listing.sort.as_str(),
            i64::from($listing.page),
            i64::from($crate::pages::storefront::listing::PER_PAGE),
            &$crate::pages::storefront::narrowing::edges(),
            $($own),+
        )
    };
}
pub(super) use narrowed;

/// The values that are asked for, by the name of their option.
pub(super) fn asked(listing: &Listing) -> Value {
    let mut names = Map::new();
    for choice in &listing.choices {
        let values = names.entry(choice.name.clone()).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(values) = values {
            values.push(Value::String(choice.value.clone()));
        }
    }
    Value::Object(names)
}

/// Where price bands end, in whole shillings.
pub(super) fn edges() -> Vec<i64> {
    BAND_EDGES.map(i64::from).to_vec()
}

/// What was counted, as the statement collects it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct FacetRows {
    in_stock: i64,
    bands: Vec<BandRow>,
    brands: Vec<ValueRow>,
    /// Values of one name stand together.
    options: Vec<OptionRow>,
}

#[derive(Clone, Debug, Deserialize)]
struct BandRow {
    place: usize,
    count: i64,
}

#[derive(Clone, Debug, Deserialize)]
struct ValueRow {
    value: String,
    count: i64,
}

#[derive(Clone, Debug, Deserialize)]
struct OptionRow {
    name: String,
    value: String,
    count: i64,
}

impl FacetRows {
    /// What is chosen is among the values, also when it leaves nothing.
    pub(super) fn facets(self, listing: &Listing) -> Facets {
        let mut brands: Vec<Tally> =
            self.brands.into_iter().map(|row| Tally { value: row.value, count: count(row.count) }).collect();
        for brand in &listing.brands {
            name_it(&mut brands, brand);
        }
        let mut options: Vec<OptionTally> = Vec::new();
        for row in self.options {
            let tally = Tally { value: row.value, count: count(row.count) };
            match options.iter_mut().find(|option| option.name == row.name) {
                Some(option) => option.values.push(tally),
                None => options.push(OptionTally { name: row.name, values: vec![tally] }),
            }
        }
        for choice in &listing.choices {
            match options.iter_mut().find(|option| option.name == choice.name) {
                Some(option) => name_it(&mut option.values, &choice.value),
                None => options.push(OptionTally {
                    name: choice.name.clone(),
                    values: vec![Tally { value: choice.value.clone(), count: 0 }],
                }),
            }
        }
        Facets {
            in_stock: count(self.in_stock),
            bands: self.bands.into_iter().map(|row| Band::at(row.place, count(row.count))).collect(),
            brands,
            options,
        }
    }
}

fn name_it(tallies: &mut Vec<Tally>, value: &str) {
    if tallies.iter().all(|tally| tally.value != value) {
        tallies.push(Tally { value: value.to_owned(), count: 0 });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::storefront::listing::Choice;
    use serde_json::json;

    fn size(value: &str) -> Choice {
        Choice { name: "Size".to_owned(), value: value.to_owned() }
    }

    #[test]
    fn values_of_one_option_are_asked_for_together() {
        let colour = Choice { name: "Colour".to_owned(), value: "Red".to_owned() };
        let listing = Listing { choices: vec![colour, size("L"), size("M")], ..Listing::default() };
        assert_eq!(asked(&listing), json!({ "Colour": ["Red"], "Size": ["L", "M"] }));
        assert_eq!(asked(&Listing::default()), json!({}));
    }

    #[test]
    fn what_is_chosen_is_among_the_values_also_when_nothing_has_it() {
        let counted = json!({
            "in_stock": 3,
            "bands": [{ "place": 2, "count": 4 }],
            "brands": [{ "value": "Pwani", "count": 4 }],
            "options": [{ "name": "Size", "value": "M", "count": 4 }, { "name": "Size", "value": "S", "count": 1 }],
        });
        let rows: FacetRows = serde_json::from_value(counted).expect("the statement's own shape");
        let listing = Listing {
            brands: vec!["Lamu".to_owned(), "Pwani".to_owned()],
            choices: vec![size("S"), size("XL")],
            ..Listing::default()
        };
        let facets = rows.facets(&listing);
        let tally = |value: &str, count| Tally { value: value.to_owned(), count };
        assert_eq!(facets.in_stock, 3);
        assert_eq!(facets.bands, [Band { min: Some(500), max: Some(999), count: 4 }]);
        assert_eq!(facets.brands, [tally("Pwani", 4), tally("Lamu", 0)]);
        let sizes = vec![tally("M", 4), tally("S", 1), tally("XL", 0)];
        assert_eq!(facets.options, [OptionTally { name: "Size".to_owned(), values: sizes }]);
    }
}
