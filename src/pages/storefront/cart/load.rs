//! Loads a cart priced now: frame, lines, and what delivery to the default area costs.

use super::{CartLine, CartPage};
use crate::{
    ctx::Ctx,
    db::TenantTx,
    delivery::{
        offer::{Basket, offer},
        zones::{Zone, ZoneRow},
    },
    error::AppError,
    kernel::{
        currency::Currency,
        id::{CartId, CategoryId, StoreId},
        money::Money,
        phone::Phone,
        token::Token,
    },
    pages::storefront::{
        frame::{ShopFrame, Visit, load_frame},
        parts::AreaFee,
        rows::{PictureRow, available, currency},
        savings::Savings,
    },
    pricing::{
        price_lines::{self, Cart, price_lines},
        priced::Priced,
        rule::Rule,
        stored::{TypedRows, read_codes, read_rules},
    },
};
use chrono::{DateTime, NaiveDateTime, Utc};
use sqlx::types::Json;

/// The cart that `cart` opens; an unknown, finished or missing one is empty. Three statements at the most.
pub async fn load(ctx: &Ctx, visit: &Visit, cart: Option<&Token>) -> Result<(ShopFrame, CartPage), AppError> {
    let mut tx = ctx.tx().await?;
    let (frame, standing) = load_frame(&mut tx, visit).await?;
    let (currency, zone, local) = find_default_area(&mut tx, visit.store, ctx.now()).await?;
    let loaded = match cart {
        Some(cart) => list_lines(&mut tx, visit.store, cart, None, ctx.now()).await?,
        None => None,
    };
    let nothing = Money::zero(currency);
    let basket = match &loaded {
        Some(loaded) => loaded.basket(currency)?,
        None => Basket { goods: nothing, grams: 0 },
    };
    let mut delivery = zone.map(|zone| {
        let offer = offer(&zone, &basket, local);
        AreaFee {
            area: zone.area,
            group: zone.group,
            fee: offer.fee,
            eta_minutes: offer.arrival.minutes,
            minimum: zone.minimum,
        }
    });
    let fee = delivery.as_ref().map_or(nothing, |area| area.fee);
    let Some(loaded) = loaded else {
        let page = CartPage {
            lines: Vec::new(),
            subtotal: nothing,
            total: nothing,
            savings: Savings::default(),
            delivery,
            asks_why: false,
        };
        return Ok((frame, page));
    };
    let priced = loaded.price(currency, fee, standing.rules, ctx.now())?;
    if let Some(area) = &mut delivery {
        area.fee = priced.delivery;
    }
    let page = CartPage {
        subtotal: priced.subtotal,
        total: priced.goods().map_err(AppError::broken)?,
        savings: Savings::of(&priced),
        lines: loaded.lines,
        delivery,
        asks_why: false,
    };
    Ok((frame, page))
}

async fn find_default_area(
    tx: &mut TenantTx,
    store: StoreId,
    now: DateTime<Utc>,
) -> Result<(Currency, Option<Zone>, NaiveDateTime), AppError> {
    let row = sqlx::query!(
        r#"select s.default_currency, $3::timestamptz at time zone t.timezone as "local!",
                  (select to_jsonb(zone)
                   from (
                       select z.id, z.city_area, z.name as "group", z.fee_cents, z.min_order_cents, z.eta_minutes, z.free_from_cents, z.band_by, z.bands,
                              z.cut_off_minute, z.is_collection, z.takes_the_rest
                       from delivery_zones z
                       where z.tenant_id = $1
                         and z.is_active
                         and not z.is_collection
                       order by z.is_default desc, z.position, z.city_area
                       limit 1
                   ) zone) as "zone: Json<ZoneRow>"
           from stores s
           join tenants t on t.id = $1
           where s.tenant_id = $1
             and s.id = $2"#,
        tx.tenant(),
        store.uuid(),
        now
    )
    .fetch_one(tx.conn())
    .await?;
    let currency = currency(&row.default_currency)?;
    Ok((currency, row.zone.map(|zone| zone.0.zone(currency)), row.local))
}

/// An open cart: its lines in the order they were put in, and what they are priced from.
#[derive(Debug)]
pub(in crate::pages::storefront) struct LoadedLines {
    pub cart: CartId,
    pub lines: Vec<CartLine>,
    /// What all of it weighs, as far as the shop has said.
    grams: i64,
    goods: Vec<price_lines::Line>,
    typed: TypedRows,
}

impl LoadedLines {
    /// What is to be delivered.
    pub(in crate::pages::storefront) fn basket(&self, currency: Currency) -> Result<Basket, AppError> {
        let goods = Money::sum(currency, self.lines.iter().map(|line| line.total)).map_err(AppError::broken)?;
        Ok(Basket { goods, grams: self.grams })
    }

    /// What it costs now, with the discounts that need no code and those of its codes.
    pub(in crate::pages::storefront) fn price(
        &self,
        currency: Currency,
        delivery: Money,
        automatic: Vec<Rule>,
        now: DateTime<Utc>,
    ) -> Result<Priced, AppError> {
        let mut rules = automatic;
        rules.extend(read_rules(self.typed.rules.clone(), currency));
        let codes = read_codes(&self.typed.typed, &self.typed.codes);
        price_lines(&Cart {
            currency,
            lines: &self.goods,
            delivery,
            rules: &rules,
            codes: &codes,
            had: &self.typed.had,
            now,
        })
        .map_err(AppError::broken)
    }
}

/// None when the cart holds nothing. With the phone of its buyer, as far as it is known, what they had is known too.
pub(in crate::pages::storefront) async fn list_lines(
    tx: &mut TenantTx,
    store: StoreId,
    cart: &Token,
    buyer: Option<&Phone>,
    now: DateTime<Utc>,
) -> Result<Option<LoadedLines>, AppError> {
    let rows = sqlx::query!(
        r#"select c.id as cart_id, i.id, i.variant_id, i.product_id, i.quantity, i.unit_price_cents, v.name as variant_name, v.price_cents,
                  coalesce(round(p.weight_kg * 1000)::bigint, 0) as "grams!",
                  array(select above.id from categories_above($1, p.category_id) above) as "categories!",
                  jsonb_build_object(
                      'typed', c.codes,
                      'codes', coalesce((
                          select jsonb_agg(to_jsonb(k))
                          from price_rule_codes k
                          where k.tenant_id = $1
                            and k.code = any (c.codes)
                      ), '[]'),
                      'rules', coalesce((
                          select jsonb_agg(to_jsonb(r))
                          from price_rules r
                          where r.tenant_id = $1
                            and r.id in (select k.rule_id from price_rule_codes k where k.tenant_id = $1 and k.code = any (c.codes))
                      ), '[]'),
                      'had', array(
                          select x.rule_id
                          from customers u
                          join price_rule_redemptions x on x.tenant_id = $1 and x.customer_id = u.id
                          where u.tenant_id = $1
                            and u.phone = $5
                            and x.is_once
                            and (x.given_back_at is null or x.used_at is not null)
                          limit 1000
                      )
                  ) as "typed!: Json<TypedRows>",
                  p.name as product_name, p.slug as product_slug, p.currency,
                  case when v.is_active and p.status = 'active' then v.stock_quantity else 0 end as "stock!",
                  (select held.pieces from pieces_held($1, v.id, $4) as held (pieces)) as "held!",
                  pi.url as "url?", pi.widths as "widths?", pi.width as "width?", pi.height as "height?",
                  pi.placeholder as "placeholder?", pi.alt_text as "alt_text?"
           from carts c
           join cart_items i on i.tenant_id = $1 and i.cart_id = c.id
           join product_variants v on v.tenant_id = $1 and v.id = i.variant_id
           join products p on p.tenant_id = $1 and p.id = v.product_id
           left join lateral (
               select m.url, m.widths, m.width, m.height, m.placeholder, m.alt_text
               from product_images m
               where m.tenant_id = $1
                 and m.product_id = p.id
               order by m.id = v.image_id desc nulls last, m.position, m.id
               limit 1
           ) pi on true
           where c.tenant_id = $1
             and c.cart_token = $3
             and c.store_id = $2
             and c.status = 'open'
             and c.expires_at > $4
           order by i.created_at, i.id
           limit 100"#,
        tx.tenant(),
        store.uuid(),
        cart.hash_hex(),
        now,
        buyer.map(Phone::as_str)
    )
    .fetch_all(tx.conn())
    .await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let (cart, typed) = (first.cart_id.into(), first.typed.0.clone());
    let mut goods = Vec::with_capacity(rows.len());
    let mut grams = 0_i64;
    let lines = rows
        .into_iter()
        .map(|row| -> Result<CartLine, AppError> {
            let unit_price = Money::new(row.price_cents, currency(&row.currency)?);
            let quantity = u32::try_from(row.quantity).unwrap_or(0);
            grams = grams.saturating_add(row.grams.saturating_mul(i64::from(quantity)));
            goods.push(price_lines::Line {
                variant: row.variant_id.into(),
                product: row.product_id.into(),
                categories: row.categories.iter().copied().map(CategoryId::from).collect(),
                unit_price,
                quantity,
            });
            let picture = PictureRow {
                url: row.url,
                widths: row.widths,
                width: row.width,
                height: row.height,
                placeholder: row.placeholder,
                alt_text: row.alt_text,
            };
            Ok(CartLine {
                item: row.id.into(),
                variant: row.variant_id.into(),
                picture: picture.picture(&row.product_name),
                product_name: row.product_name,
                product_slug: row.product_slug,
                variant_name: row.variant_name,
                quantity,
                unit_price,
                put_in_at: (row.unit_price_cents > 0 && row.unit_price_cents != row.price_cents)
                    .then(|| Money::new(row.unit_price_cents, unit_price.currency())),
                total: unit_price.times(quantity).map_err(AppError::broken)?,
                available: available(row.stock, row.held),
            })
        })
        .collect::<Result<_, _>>()?;
    Ok(Some(LoadedLines { cart, lines, grams, goods, typed }))
}
