//! One customer with everything a merchant knows of them: money, orders, places, what they said, what they looked at.

use crate::{
    ctx::Ctx,
    customers::{
        consent::{Channel, Purpose, Source, Standing},
        erase_later::{Open, find_open},
        spelling::whole_name,
        tags,
    },
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{
        access::Permission,
        id::{CustomerAddressId, CustomerId, OrderId},
        local_time::LocalTime,
        money::Money,
        order_number::OrderNumber,
        phone::Phone,
        typed::Typed,
    },
    orders::status::OrderStatus,
    pages::dashboard::count,
};

/// Orders and steps that are listed; the rest is behind a search.
const MOST: i64 = 10;
const MOST_PLACES: i64 = 20;
const MOST_SAID: i64 = 50;

/// Times are by the shop's clock.
#[derive(Clone, Debug)]
pub struct CustomerProfile {
    pub id: CustomerId,
    /// Changes with every write; a form sends it back.
    pub version: i32,
    /// What the form shows: name, e-mail, tags.
    pub typed: Typed,
    pub name: String,
    /// As people read it.
    pub phone: String,
    /// Digits for `wa.me`.
    pub whatsapp: String,
    pub tags: Vec<String>,
    /// Paid less given back.
    pub spent: Money,
    /// What they may still buy with.
    pub credit: Money,
    /// All but the cancelled ones.
    pub order_count: u32,
    pub cancelled_count: u32,
    /// Where to, and how often.
    pub areas: Vec<(String, u32)>,
    pub last_seen: Option<LocalTime>,
    pub since: LocalTime,
    pub orders: Vec<ProfileOrder>,
    pub places: Vec<Place>,
    pub said: Vec<Said>,
    pub steps: Vec<SeenStep>,
    /// Since when their data wait to be erased.
    pub leaving_since: Option<LocalTime>,
    /// Only a code by mail said that it was them who asked, and proves the phone no longer: they wait for a person.
    pub is_doubted: bool,
    /// What keeps them, when they would be erased now.
    pub open: Open,
    pub may_edit: bool,
    pub may_manage_data: bool,
}

impl CustomerProfile {
    /// What counts of a channel: the newest word, which stands first.
    pub fn standing(&self, channel: Channel, purpose: Purpose) -> Standing {
        match self.said.iter().find(|said| said.channel == channel && said.purpose == purpose) {
            None => Standing::Unsaid,
            Some(said) if said.is_given => Standing::Given,
            Some(_) => Standing::Withdrawn,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileOrder {
    pub id: OrderId,
    pub number: OrderNumber,
    pub status: OrderStatus,
    pub total: Money,
    pub placed_on: LocalTime,
}

/// Where something was brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub id: CustomerAddressId,
    pub version: i32,
    pub label: Option<String>,
    pub area: String,
    pub street: String,
    pub instructions: Option<String>,
    pub rider_note: Option<String>,
    pub is_default: bool,
}

impl Place {
    /// What stands there, as a form would have it.
    pub fn typed(&self) -> Typed {
        let text = |text: Option<&String>| text.cloned().unwrap_or_default();
        Typed::default()
            .with("label", text(self.label.as_ref()))
            .with("instructions", text(self.instructions.as_ref()))
            .with("rider_note", text(self.rider_note.as_ref()))
            .with("is_default", if self.is_default { "on" } else { "" })
    }
}

/// One thing they said about being written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub channel: Channel,
    pub purpose: Purpose,
    pub is_given: bool,
    pub source: Source,
    /// Who wrote it down.
    pub by: Option<String>,
    pub at: LocalTime,
}

/// A step in the shop: a word of `customer_events`, and of what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenStep {
    pub step: String,
    pub product: Option<String>,
    pub at: LocalTime,
}

/// None of this of somebody who was erased, or who is another merchant's.
pub async fn load(ctx: &Ctx, customer: CustomerId) -> Result<CustomerProfile, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    let mut tx = ctx.tx().await?;
    let mut profile = find(ctx, &mut tx, customer).await?;
    profile.orders = list_orders(&mut tx, customer).await?;
    profile.places = list_places(&mut tx, customer).await?;
    profile.said = list_said(&mut tx, customer).await?;
    profile.steps = list_steps(&mut tx, customer).await?;
    profile.open = find_open(&mut tx, customer).await?;
    Ok(profile)
}

async fn find(ctx: &Ctx, tx: &mut TenantTx, customer: CustomerId) -> Result<CustomerProfile, AppError> {
    let row = sqlx::query!(
        r#"select c.version, c.first_name, c.last_name, c.phone as "phone!", c.email, c.tags, c.lifetime_value_cents,
                  (c.created_at at time zone t.timezone) as "since!",
                  c.erase_asked_at at time zone t.timezone as leaving_since,
                  c.is_erasing_by_mail
                      and not exists (select from proved_by_mail($1, c.id) m where m.is_held and m.is_sure) as "is_doubted!",
                  (select count(*) filter (where o.status <> 'cancelled')
                   from orders o
                   where o.tenant_id = $1
                     and o.customer_id = c.id) as "order_count!",
                  (select count(*) filter (where o.status = 'cancelled')
                   from orders o
                   where o.tenant_id = $1
                     and o.customer_id = c.id) as "cancelled_count!",
                  (select coalesce(sum(l.amount_cents), 0)::bigint
                   from ledger_entries l
                   where l.tenant_id = $1
                     and l.place = 'credit'
                     and l.customer_id = c.id) as "credit_cents!",
                  (select max(e.occurred_at) at time zone t.timezone
                   from customer_events e
                   where e.tenant_id = $1
                     and e.customer_id = c.id) as last_seen,
                  coalesce((
                      select jsonb_agg(jsonb_build_array(a.area, a.orders) order by a.orders desc, a.area)
                      from (
                          select o.delivery_city_area as area, count(*) as orders
                          from orders o
                          where o.tenant_id = $1
                            and o.customer_id = c.id
                            and o.status <> 'cancelled'
                            and o.delivery_city_area <> ''
                          group by o.delivery_city_area
                          order by count(*) desc
                          limit 5
                      ) a
                  ), '[]') as "areas!: sqlx::types::Json<Vec<(String, u32)>>"
           from customers c
           join tenants t on t.id = $1
           where c.tenant_id = $1
             and c.id = $2
             and c.phone is not null"#,
        tx.tenant(),
        customer.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let name = whole_name(row.first_name.as_deref(), row.last_name.as_deref());
    let phone = Phone::parse(&row.phone);
    Ok(CustomerProfile {
        id: customer,
        version: row.version,
        typed: Typed::default()
            .with("name", name.clone())
            .with("email", row.email.unwrap_or_default())
            .with("tags", tags::line(&row.tags)),
        name,
        whatsapp: phone.as_ref().map(|phone| phone.msisdn().to_owned()).unwrap_or_default(),
        phone: phone.map_or(row.phone, |phone| phone.display()),
        tags: row.tags,
        spent: Money::kes(row.lifetime_value_cents),
        credit: Money::kes(row.credit_cents),
        order_count: count(row.order_count),
        cancelled_count: count(row.cancelled_count),
        areas: row.areas.0,
        last_seen: row.last_seen.map(LocalTime::from),
        since: row.since.into(),
        orders: Vec::new(),
        places: Vec::new(),
        said: Vec::new(),
        steps: Vec::new(),
        leaving_since: row.leaving_since.map(LocalTime::from),
        is_doubted: row.is_doubted,
        open: Open::default(),
        may_edit: ctx.actor.may(Permission::EditCustomers),
        may_manage_data: ctx.actor.may(Permission::ManageData),
    })
}

async fn list_orders(tx: &mut TenantTx, customer: CustomerId) -> Result<Vec<ProfileOrder>, AppError> {
    let rows = sqlx::query!(
        r#"select o.id, o.order_number, o.number_prefix, o.status, o.total_cents, (o.placed_at at time zone t.timezone) as "placed_on!"
           from orders o
           join tenants t on t.id = $1
           where o.tenant_id = $1
             and o.customer_id = $2
           order by o.placed_at desc, o.id desc
           limit $3"#,
        tx.tenant(),
        customer.uuid(),
        MOST
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(ProfileOrder {
                id: row.id.into(),
                number: OrderNumber::of(&row.number_prefix, row.order_number),
                status: OrderStatus::parse(&row.status)
                    .ok_or_else(|| DbError::corrupt("orders.status", &row.status))?,
                total: Money::kes(row.total_cents),
                placed_on: row.placed_on.into(),
            })
        })
        .collect()
}

async fn list_places(tx: &mut TenantTx, customer: CustomerId) -> Result<Vec<Place>, AppError> {
    let rows = sqlx::query!(
        r#"select id, version, label, coalesce(city_area, '') as "area!", coalesce(street_address, '') as "street!",
                  instructions, rider_note, is_default
           from customer_addresses
           where tenant_id = $1
             and customer_id = $2
           order by is_default desc, last_used_at desc nulls last, id
           limit $3"#,
        tx.tenant(),
        customer.uuid(),
        MOST_PLACES
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Place {
            id: row.id.into(),
            version: row.version,
            label: row.label,
            area: row.area,
            street: row.street,
            instructions: row.instructions,
            rider_note: row.rider_note,
            is_default: row.is_default,
        })
        .collect())
}

async fn list_said(tx: &mut TenantTx, customer: CustomerId) -> Result<Vec<Said>, AppError> {
    let rows = sqlx::query!(
        r#"select s.channel, s.purpose, s.is_given, s.source, coalesce(nullif(u.name, ''), u.email) as by,
                  (s.recorded_at at time zone t.timezone) as "at!"
           from customer_consents s
           join tenants t on t.id = $1
           left join users u on u.tenant_id = $1 and u.id = s.recorded_by
           where s.tenant_id = $1
             and s.customer_id = $2
           order by s.recorded_at desc, s.is_given, s.id
           limit $3"#,
        tx.tenant(),
        customer.uuid(),
        MOST_SAID
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            let corrupt = |word: &str| DbError::corrupt("customer_consents", &word);
            Ok(Said {
                channel: Channel::parse(&row.channel).ok_or_else(|| corrupt(&row.channel))?,
                purpose: Purpose::parse(&row.purpose).ok_or_else(|| corrupt(&row.purpose))?,
                is_given: row.is_given,
                source: Source::parse(&row.source).ok_or_else(|| corrupt(&row.source))?,
                by: row.by,
                at: row.at.into(),
            })
        })
        .collect()
}

async fn list_steps(tx: &mut TenantTx, customer: CustomerId) -> Result<Vec<SeenStep>, AppError> {
    let rows = sqlx::query!(
        r#"select e.event_type, p.name as "product?", (e.occurred_at at time zone t.timezone) as "at!"
           from customer_events e
           join tenants t on t.id = $1
           left join products p on p.tenant_id = $1
                              and p.id = case when e.metadata ->> 'product' ~ '^[0-9a-f-]{36}$' then (e.metadata ->> 'product')::uuid end
           where e.tenant_id = $1
             and e.customer_id = $2
           order by e.occurred_at desc, e.id
           limit $3"#,
        tx.tenant(),
        customer.uuid(),
        MOST
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| SeenStep { step: row.event_type, product: row.product, at: row.at.into() }).collect())
}

/// The file's name of what a person is given.
pub fn file_name(customer: CustomerId) -> String {
    format!("customer-{}.json", customer.uuid().simple())
}

/// The phone by which everything of theirs is found.
pub async fn find_phone(ctx: &Ctx, customer: CustomerId) -> Result<Phone, AppError> {
    ctx.require(Permission::ManageData)?;
    let mut tx = ctx.tx().await?;
    let phone = sqlx::query_scalar!(
        r#"select phone as "phone!"
           from customers
           where tenant_id = $1
             and id = $2
             and phone is not null"#,
        tx.tenant(),
        customer.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    Phone::parse(&phone).ok_or_else(|| DbError::corrupt("customers.phone", &customer).into())
}
