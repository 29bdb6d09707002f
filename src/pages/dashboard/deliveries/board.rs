//! The dispatch board: what is ready, out and failed, by area; four statements, however many orders are open.

use super::{
    KnownRider, list_riders,
    not_booked::{self, MOST_NOT_BOOKED},
};
use crate::{
    ctx::Ctx,
    db::TenantTx,
    delivery::parcel::Failure,
    error::AppError,
    kernel::{access::Permission, id::OrderId, local_time::LocalTime, money::Money, order_number::OrderNumber},
    pages::dashboard::{count, currency, looked_at, page_count},
};

const PER_PAGE: u32 = 25;
/// Nobody turns more pages than this; who has so many parcels chooses an area.
const LAST_PAGE: u32 = 400;
/// A state, or the area that was chosen, is counted no further.
pub const MOST_COUNTED: u32 = 300;
/// An area among others is counted no further.
pub const MOST_IN_AREA: u32 = 30;
/// Of an area's name as an address has it.
const LONGEST_AREA: usize = 100;
/// More areas than any shop delivers to.
const MOST_AREAS: i64 = 300;

/// The columns of the board.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BoardState {
    /// Packed, and with nobody yet.
    #[default]
    Ready,
    Out,
    /// Out, and the last try did not end at the buyer's.
    Failed,
}

impl BoardState {
    pub const ALL: [Self; 3] = [Self::Ready, Self::Out, Self::Failed];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Out => "out",
            Self::Failed => "failed",
        }
    }
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
    /// `orders.status` and `orders.has_failed_delivery`.
    const fn stored(self) -> (&'static str, bool) {
        match self {
            Self::Ready => ("packing", false),
            Self::Out => ("dispatched", false),
            Self::Failed => ("dispatched", true),
        }
    }
}

/// What the address asks for; what makes no sense counts as absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoardFilter {
    pub state: BoardState,
    /// Empty for all.
    pub area: String,
    /// From 1.
    pub page: u32,
}

impl BoardFilter {
    pub fn read<'a>(field: impl Fn(&str) -> &'a str) -> Self {
        Self {
            state: BoardState::parse(field("state")).unwrap_or_default(),
            area: looked_at(field("area"), LONGEST_AREA),
            page: field("page").parse().unwrap_or(1).clamp(1, LAST_PAGE),
        }
    }
}

#[derive(Clone, Debug)]
pub struct Board {
    pub filter: BoardFilter,
    /// How many stand in each of [`BoardState::ALL`]; at most [`MOST_COUNTED`], then there are that many or more.
    pub counts: [u32; 3],
    /// Areas of the state that is shown, by name, with how many; at most [`MOST_IN_AREA`].
    pub areas: Vec<(String, u32)>,
    pub rows: Vec<BoardRow>,
    pub page_count: u32,
    pub riders: Vec<KnownRider>,
    /// Parcels that no partner has booked; at most [`MOST_NOT_BOOKED`], then there are that many or more.
    pub not_booked: u32,
    /// False for a viewer, who gives nobody anything.
    pub may_give: bool,
}

/// One parcel; by area, then by age.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardRow {
    pub order: OrderId,
    pub version: i32,
    pub number: OrderNumber,
    pub area: String,
    pub street: String,
    pub name: String,
    /// What is to be collected at the door; none when it is paid.
    pub to_collect: Option<Money>,
    pub placed_on: LocalTime,
    /// Who has it, or had it.
    pub rider: Option<String>,
    /// The how manyth try that was; none before the first.
    pub attempt: Option<i32>,
    pub failure: Option<Failure>,
    /// A partner or a carrier has it or expects it: it is not given to a rider with others.
    pub is_elsewhere: bool,
    /// The buyer comes to the shop for it: no rider carries it.
    pub is_collected: bool,
}

pub async fn load(ctx: &Ctx, mut filter: BoardFilter) -> Result<Board, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    filter.page = filter.page.clamp(1, LAST_PAGE);
    let mut tx = ctx.tx().await?;
    let (counts, chosen, areas) = count_open(&mut tx, &filter).await?;
    let shown = if filter.area.is_empty() { counts[filter.state as usize] } else { chosen };
    let mut page_count = page_count(shown, PER_PAGE);
    if shown < MOST_COUNTED {
        filter.page = filter.page.min(page_count);
    }
    let mut rows = list_rows(&mut tx, &filter).await?;
    if rows.len() > PER_PAGE as usize {
        rows.truncate(PER_PAGE as usize);
        page_count = page_count.max(filter.page + 1);
    }
    let riders = list_riders(&mut tx).await?;
    let not_booked = u32::try_from(not_booked::list(&mut tx).await?.len()).unwrap_or(MOST_NOT_BOOKED);
    let may_give = ctx.actor.may(Permission::MoveOrders) && ctx.actor.may(Permission::HandleMoney);
    Ok(Board { filter, counts, areas, rows, page_count: page_count.min(LAST_PAGE), riders, not_booked, may_give })
}

/// How many stand in each state, how many of them in the area that was chosen, and the areas of the state that is
/// shown. Whatever is open, no more than some thousand entries of one index are read: its areas by going from one to the
/// next, and each count up to its end.
async fn count_open(tx: &mut TenantTx, filter: &BoardFilter) -> Result<([u32; 3], u32, Vec<(String, u32)>), AppError> {
    let (status, has_failed) = filter.state.stored();
    let rows = sqlx::query!(
        r#"with recursive areas (area) as (
               (select o.delivery_city_area
                from orders o
                where o.tenant_id = $1
                  and o.status in ('packing', 'dispatched')
                  and o.status = $2
                  and o.has_failed_delivery = $3
                  and o.delivery_city_area > ''
                order by o.delivery_city_area
                limit 1)
               union all
               select (select o.delivery_city_area
                       from orders o
                       where o.tenant_id = $1
                         and o.status in ('packing', 'dispatched')
                         and o.status = $2
                         and o.has_failed_delivery = $3
                         and o.delivery_city_area > areas.area
                       order by o.delivery_city_area
                       limit 1)
               from areas
               where areas.area is not null
           )
           (select 'area' as "what!", areas.area,
                   (select count(*)
                    from (select
                          from orders o
                          where o.tenant_id = $1
                            and o.status in ('packing', 'dispatched')
                            and o.status = $2
                            and o.has_failed_delivery = $3
                            and o.delivery_city_area = areas.area
                          limit $4) those) as "many!"
            from areas
            where areas.area is not null
            limit $6)
           union all
           select 'chosen', null,
                  (select count(*)
                   from (select
                         from orders o
                         where o.tenant_id = $1
                           and o.status in ('packing', 'dispatched')
                           and o.status = $2
                           and o.has_failed_delivery = $3
                           and o.delivery_city_area = $7
                         limit $5) those)
           union all
           select state.name, null,
                  (select count(*)
                   from (select
                         from orders o
                         where o.tenant_id = $1
                           and o.status in ('packing', 'dispatched')
                           and o.status = state.status
                           and o.has_failed_delivery = state.has_failed
                         limit $5) those)
           from (values ('ready', 'packing', false), ('out', 'dispatched', false), ('failed', 'dispatched', true))
                as state (name, status, has_failed)"#,
        tx.tenant(),
        status,
        has_failed,
        i64::from(MOST_IN_AREA),
        i64::from(MOST_COUNTED),
        MOST_AREAS,
        filter.area
    )
    .fetch_all(tx.conn())
    .await?;
    let (mut counts, mut chosen, mut areas) = ([0_u32; 3], 0, Vec::new());
    for row in rows {
        let many = count(row.many);
        match (row.area, BoardState::parse(&row.what)) {
            (Some(area), _) => areas.push((area, many)),
            (None, Some(state)) => counts[state as usize] = many,
            (None, None) => chosen = many,
        }
    }
    Ok((counts, chosen, areas))
}

async fn list_rows(tx: &mut TenantTx, filter: &BoardFilter) -> Result<Vec<BoardRow>, AppError> {
    let (status, has_failed) = filter.state.stored();
    let rows = sqlx::query!(
        r#"with shown as materialized (
               select o.id
               from orders o
               where o.tenant_id = $1
                 and o.status in ('packing', 'dispatched')
                 and o.status = $2
                 and o.has_failed_delivery = $3
                 and ($4::text is null or o.delivery_city_area = $4)
               order by o.delivery_city_area, o.placed_at, o.id
               limit $5
               offset $6
           )
           select o.id, o.version, o.order_number, o.number_prefix, coalesce(o.delivery_city_area, '') as "area!",
                  coalesce(o.shipping_address ->> 'street', '') as "street!", coalesce(o.customer_name, '') as "name!",
                  coalesce(o.shipping_address ->> 'street' = '', false) and not exists (
                      select
                      from delivery_quotes z
                      where z.tenant_id = $1
                        and z.id = o.delivery_quote_id
                        and z.agent_id is not null
                  ) as "is_collected!",
                  o.total_cents, o.currency, (o.placed_at at time zone t.timezone) as "placed_on!",
                  r.name as "rider?", d.attempt as "attempt?", d.failure as "failure?", coalesce(d.is_elsewhere, false) as "is_elsewhere!",
                  (select there.cents from order_money($1, o.id) as there (cents)) as "there_cents!"
           from shown
           join orders o on o.tenant_id = $1 and o.id = shown.id
           join tenants t on t.id = $1
           left join lateral (
               select p.partner_id, p.attempt, p.failure,
                      not p.is_current and p.status in ('pending', 'accepted', 'in_transit') as is_elsewhere
               from delivery_orders p
               where p.tenant_id = $1
                 and p.order_id = o.id
               order by p.attempt desc
               limit 1
           ) d on true
           left join delivery_partners r on r.tenant_id = $1 and r.id = d.partner_id
           order by o.delivery_city_area, o.placed_at, o.id"#,
        tx.tenant(),
        status,
        has_failed,
        (!filter.area.is_empty()).then_some(filter.area.as_str()),
        i64::from(PER_PAGE + 1),
        i64::from((filter.page - 1) * PER_PAGE)
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            let missing = Money::new((row.total_cents - row.there_cents).max(0), currency(&row.currency)?);
            Ok(BoardRow {
                order: row.id.into(),
                version: row.version,
                number: OrderNumber::of(&row.number_prefix, row.order_number),
                area: row.area,
                street: row.street,
                name: row.name,
                to_collect: (!missing.is_zero()).then_some(missing),
                placed_on: row.placed_on.into(),
                rider: row.rider,
                attempt: row.attempt,
                failure: row.failure.as_deref().and_then(Failure::parse),
                is_elsewhere: row.is_elsewhere,
                is_collected: row.is_collected,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_no_sense_shows_what_is_ready() {
        let read = |pairs: &'static [(&'static str, &'static str)]| {
            BoardFilter::read(|name| pairs.iter().find(|(field, _)| *field == name).map_or("", |(_, value)| value))
        };
        assert_eq!(read(&[("state", "lost"), ("page", "-1")]), BoardFilter { page: 1, ..BoardFilter::default() });
        let asked = read(&[("state", "failed"), ("area", " Karen "), ("page", "2")]);
        assert_eq!(asked, BoardFilter { state: BoardState::Failed, area: "Karen".into(), page: 2 });
    }
}
