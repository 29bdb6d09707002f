//! An order's parcel: where it is to go, every try to give it to somebody, and what can be done now.

use super::{currency, order_story::read_status};
use crate::{
    ctx::Ctx,
    db::{DbError, TenantTx},
    delivery::partners::contract::ParcelState,
    error::AppError,
    kernel::{
        access::Permission,
        currency::Currency,
        id::{OrderId, PartnerAgentId},
        local_time::LocalTime,
        money::Money,
        order_number::OrderNumber,
    },
    orders::status::OrderStatus,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParcelPage {
    pub order: OrderId,
    pub number: OrderNumber,
    /// As the buyer chose it.
    pub area: String,
    /// The agent that the buyer chose.
    pub chosen: Option<PartnerAgentId>,
    /// Newest first.
    pub parcels: Vec<Parcel>,
    /// The shop's own rider who has it now: then nobody else is given it.
    pub rider: Option<String>,
    /// Agents that a parcel can be booked to now; empty when it cannot.
    pub agents: Vec<AgentChoice>,
    /// It is not paid, so no agent may have it.
    pub is_unpaid: bool,
    /// The merchant has a partner in use.
    pub has_partner: bool,
    /// Whether this person may write a parcel down by hand now.
    pub may_write: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentChoice {
    pub id: PartnerAgentId,
    pub area: String,
    pub title: String,
    pub fee: Option<Money>,
}

/// One try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// Who has it, or was asked to.
    pub carrier: String,
    /// A person says where it is.
    pub is_by_hand: bool,
    /// Where the buyer picks it up.
    pub agent: Option<String>,
    pub stage: Stage,
    /// What the buyer names it by.
    pub code: Option<String>,
    pub cost: Option<Money>,
    /// The partner's own words when it refused.
    pub said: Option<String>,
    /// By the shop's clock.
    pub at: LocalTime,
    pub by: Option<String>,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The worker books it in a moment.
    Asked,
    /// The partner is being asked right now.
    Asking,
    /// The last try did not go through; the next one comes by itself.
    Waiting(Problem),
    Failed(Problem),
    GivenUp {
        /// The partner may have it all the same.
        is_unclear: bool,
    },
    Booked(ParcelState),
}

/// Why a try did not book it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    NotReached,
    NotAccepted,
    Refused,
    Unclear,
}

impl Problem {
    pub(super) fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "not_reached" => Self::NotReached,
            "not_accepted" => Self::NotAccepted,
            "refused" => Self::Refused,
            "unclear" => Self::Unclear,
            _ => return None,
        })
    }
}

impl Stage {
    fn read(status: &str, problem: Option<&str>, delivery: Option<&str>) -> Option<Self> {
        let problem = problem.and_then(Problem::parse);
        Some(match (status, problem) {
            ("asked", None) => Self::Asked,
            ("asked", Some(problem)) => Self::Waiting(problem),
            ("asking", _) => Self::Asking,
            ("failed", problem) => Self::Failed(problem.unwrap_or(Problem::Unclear)),
            ("given_up", problem) => Self::GivenUp { is_unclear: problem == Some(Problem::Unclear) },
            ("booked", _) => Self::Booked(delivery.map_or(Some(ParcelState::Booked), |word| match word {
                "pending" => Some(ParcelState::Booked),
                other => ParcelState::parse(other),
            })?),
            _ => return None,
        })
    }

    /// Whether something is under way that another parcel would be too many beside.
    pub const fn is_open(self) -> bool {
        match self {
            Self::Asked | Self::Asking | Self::Waiting(_) => true,
            Self::Booked(state) => matches!(state, ParcelState::Booked | ParcelState::OnTheWay),
            Self::Failed(_) | Self::GivenUp { .. } => false,
        }
    }
}

impl ParcelPage {
    /// What is under way now.
    pub fn open(&self) -> Option<&Parcel> {
        self.parcels.iter().find(|parcel| parcel.stage.is_open())
    }
}

/// The order, its tries and, where one may be booked, the agents: three statements.
pub async fn load(ctx: &Ctx, order: OrderId) -> Result<ParcelPage, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    let mut tx = ctx.tx().await?;
    let row = sqlx::query!(
        r#"select o.order_number, o.number_prefix, o.status, o.payment_status, o.currency, coalesce(o.delivery_city_area, '') as "area!", q.agent_id as "agent_id?",
                  exists (
                      select
                      from delivery_partners p
                      where p.tenant_id = $1
                        and p.provider = 'pickup_mtaani'
                        and p.is_active
                  ) as "has_partner!",
                  (select r.name
                   from delivery_orders d
                   join delivery_partners r on r.tenant_id = $1 and r.id = d.partner_id
                   where d.tenant_id = $1
                     and d.order_id = o.id
                     and d.is_current
                     and d.status = 'in_transit') as rider
           from orders o
           left join delivery_quotes q on q.tenant_id = $1 and q.id = o.delivery_quote_id
           where o.tenant_id = $1
             and o.id = $2"#,
        tx.tenant(),
        order.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let currency = currency(&row.currency)?;
    let status = read_status(&row.status)?;
    let parcels = list_parcels(&mut tx, order, currency).await?;
    let may_write = ctx.actor.may(Permission::MoveOrders)
        && matches!(status, OrderStatus::Paid | OrderStatus::Packing | OrderStatus::Dispatched)
        && row.rider.is_none()
        && !parcels
            .iter()
            .any(|parcel| matches!(parcel.stage, Stage::Asking | Stage::Booked(_)) && parcel.stage.is_open());
    let is_unpaid = row.payment_status != "paid";
    let may_book = may_write && row.has_partner && !is_unpaid && !parcels.iter().any(|parcel| parcel.stage.is_open());
    let agents = if may_book { list_agents(&mut tx, currency).await? } else { Vec::new() };
    Ok(ParcelPage {
        order,
        number: OrderNumber::of(&row.number_prefix, row.order_number),
        area: row.area,
        chosen: row.agent_id.map(Into::into),
        parcels,
        rider: row.rider,
        agents,
        is_unpaid,
        has_partner: row.has_partner,
        may_write,
    })
}

async fn list_parcels(tx: &mut TenantTx, order: OrderId, currency: Currency) -> Result<Vec<Parcel>, AppError> {
    let rows = sqlx::query!(
        r#"select p.name as carrier, p.provider, a.title as "agent?", b.status, b.problem, b.said,
                  d.status as "delivery?", d.tracking_code as "code?", d.cost_cents as "cost_cents?",
                  (b.created_at at time zone t.timezone) as "at!", coalesce(nullif(u.name, ''), u.email) as by
           from partner_parcels b
           join delivery_partners p on p.tenant_id = $1 and p.id = b.partner_id
           join tenants t on t.id = $1
           left join partner_agents a on a.tenant_id = $1 and a.id = b.agent_id
           left join delivery_orders d on d.tenant_id = $1 and d.id = b.delivery_id
           left join users u on u.tenant_id = $1 and u.id = b.booked_by
           where b.tenant_id = $1
             and b.order_id = $2
           order by b.created_at desc, b.id desc
           limit 20"#,
        tx.tenant(),
        order.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            let stage = Stage::read(&row.status, row.problem.as_deref(), row.delivery.as_deref())
                .ok_or_else(|| AppError::from(DbError::corrupt("partner_parcels.status", &row.status)))?;
            Ok(Parcel {
                carrier: row.carrier,
                is_by_hand: row.provider != "pickup_mtaani",
                agent: row.agent,
                stage,
                code: row.code,
                cost: row.cost_cents.filter(|cents| *cents > 0).map(|cents| Money::new(cents, currency)),
                said: row.said,
                at: row.at.into(),
                by: row.by,
            })
        })
        .collect()
}

async fn list_agents(tx: &mut TenantTx, currency: Currency) -> Result<Vec<AgentChoice>, AppError> {
    let rows = sqlx::query!(
        "select a.id, a.area, a.title, a.fee_cents
         from partner_agents a
         join delivery_partners p on p.tenant_id = $1 and p.id = a.partner_id and p.is_active
         where a.tenant_id = $1
           and a.is_active
         order by a.area, a.title
         limit 300",
        tx.tenant()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| AgentChoice {
            id: row.id.into(),
            area: row.area,
            title: row.title,
            fee: row.fee_cents.map(|cents| Money::new(cents, currency)),
        })
        .collect())
}
