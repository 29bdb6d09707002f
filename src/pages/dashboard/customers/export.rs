//! The list of customers as a file: whoever the filter finds, in its order, with what they bought and what they agreed to.
//!
//! Who is in it is settled when it begins; a few hundred people at a time are in memory.

use super::list::{CustomerFilter, Sifted, count_customers, sift};
use crate::{
    catalog::import::harmless,
    ctx::Ctx,
    customers::{
        consent::{Channel, Purpose},
        spelling::whole_name,
        tags,
    },
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{access::Permission, phone::Phone},
};
use serde_json::json;
use std::collections::{BTreeMap, VecDeque};
use uuid::Uuid;

/// People in one file; whoever has more takes them out group by group.
pub const MOST: u32 = 20_000;
/// People of one statement.
const AT_ONCE: usize = 300;

/// The columns, in English in every file: programs read them, and so does the way in.
const HEADER: [&str; 9] = ["name", "phone", "email", "areas", "tags", "orders", "spent", "first_order", "last_order"];

/// What would be in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomersAsked {
    pub filter: CustomerFilter,
    /// The name of the group that is asked for.
    pub group: Option<String>,
    pub customer_count: u32,
}

/// Looks who would be in it.
pub async fn ask(ctx: &Ctx, mut filter: CustomerFilter) -> Result<CustomersAsked, AppError> {
    ctx.require(Permission::ManageData)?;
    let (sifted, groups) = sift(ctx, &mut filter).await?;
    let mut tx = ctx.tx().await?;
    let customer_count = count_customers(&mut tx, &sifted).await?;
    let group = groups.into_iter().find(|group| Some(group.id) == filter.group).map(|group| group.form.name);
    Ok(CustomersAsked { filter, group, customer_count })
}

/// A file under way.
#[derive(Debug)]
pub struct CustomersFile {
    ctx: Ctx,
    /// Who is still to come.
    waiting: VecDeque<Uuid>,
    is_begun: bool,
}

/// Begins it, and writes down that somebody took it out.
pub async fn export(ctx: &Ctx, mut filter: CustomerFilter) -> Result<CustomersFile, AppError> {
    ctx.require(Permission::ManageData)?;
    let (sifted, _) = sift(ctx, &mut filter).await?;
    let mut tx = ctx.tx().await?;
    let waiting = find_customers(&mut tx, &sifted, &filter).await?;
    // What was searched for may be somebody's name.
    let facts = json!({
        "customers": waiting.len(), "group": filter.group, "is_searched": !filter.words.is_empty(),
    });
    tx.audit(ctx.actor, "customers_exported", "tenants", ctx.tenant.uuid(), facts).await?;
    tx.commit().await?;
    Ok(CustomersFile { ctx: ctx.clone(), waiting: waiting.into(), is_begun: false })
}

impl CustomersFile {
    /// The next part of the file; none when it is whole.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, AppError> {
        if self.is_begun && self.waiting.is_empty() {
            return Ok(None);
        }
        let mut part = csv::Writer::from_writer(Vec::new());
        if !self.is_begun {
            let said = consents().map(|(channel, purpose)| consent_column(channel, purpose));
            part.write_record(HEADER.map(str::to_owned).into_iter().chain(said)).map_err(AppError::broken)?;
            self.is_begun = true;
        }
        let some: Vec<Uuid> = self.waiting.drain(..self.waiting.len().min(AT_ONCE)).collect();
        if !some.is_empty() {
            let mut tx = self.ctx.tx().await?;
            for line in load(&mut tx, &some).await? {
                part.write_record(line.iter().map(|cell| harmless(cell).into_owned())).map_err(AppError::broken)?;
            }
        }
        part.into_inner().map(Some).map_err(AppError::broken)
    }
}

/// Every channel with each thing that may be written about.
fn consents() -> impl Iterator<Item = (Channel, Purpose)> {
    Channel::ALL.into_iter().flat_map(|channel| Purpose::ALL.into_iter().map(move |purpose| (channel, purpose)))
}

fn consent_column(channel: Channel, purpose: Purpose) -> String {
    format!("{}_{}", channel.as_str(), purpose.as_str())
}

async fn find_customers(tx: &mut TenantTx, sifted: &Sifted, filter: &CustomerFilter) -> Result<Vec<Uuid>, DbError> {
    let found = sqlx::query_scalar!(
        "select c.id
         from customers c
         where c.tenant_id = $1
           and c.phone is not null
           and ($2::text is null or concat_ws(' ', c.first_name, c.last_name) ilike $2 or c.email ilike $2)
           and ($3::text is null or c.phone like $3)
           and ($4::timestamptz is null or c.last_order_at >= $4)
           and ($5::timestamptz is null or c.last_order_at < $5)
           and ($6::bigint is null or c.lifetime_value_cents >= $6)
           and ($7::text is null or lower(c.city_area) = lower($7))
           and ($8::text is null or c.tags @> array[$8])
         order by case when $9 = 'name' then lower(concat_ws(' ', c.first_name, c.last_name)) end,
                  case when $9 = 'spent' then c.lifetime_value_cents end desc nulls last,
                  case when $9 = 'newest' then c.created_at end desc nulls last,
                  c.last_order_at desc nulls last, c.id
         limit $10",
        tx.tenant(),
        sifted.pattern,
        sifted.phone,
        sifted.bought_since,
        sifted.silent_since,
        sifted.spent_cents,
        sifted.area,
        sifted.tag,
        filter.sort.as_str(),
        i64::from(MOST)
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(found)
}

/// Lines of the file; who was erased meanwhile is not in it.
async fn load(tx: &mut TenantTx, ids: &[Uuid]) -> Result<Vec<Vec<String>>, DbError> {
    let rows = sqlx::query!(
        r#"select c.first_name, c.last_name, c.phone as "phone!", coalesce(c.email, '') as "email!",
                  coalesce(c.city_area, '') as "area!", c.tags as "tags!", c.lifetime_value_cents as "spent!",
                  bought.order_count as "order_count!", bought.first_on as "first_on!", bought.last_on as "last_on!",
                  coalesce((
                      select jsonb_agg(distinct a.city_area)
                      from customer_addresses a
                      where a.tenant_id = $1
                        and a.customer_id = c.id
                        and a.city_area <> ''
                  ), '[]') as "places!: sqlx::types::Json<Vec<String>>",
                  coalesce((
                      select jsonb_object_agg(
                                 said.channel || '_' || said.purpose,
                                 case when said.is_given then 'yes ' else 'no ' end
                                 || to_char(said.recorded_at at time zone t.timezone, 'YYYY-MM-DD'))
                      from (
                          select distinct on (k.channel, k.purpose) k.channel, k.purpose, k.is_given, k.recorded_at
                          from customer_consents k
                          where k.tenant_id = $1
                            and k.customer_id = c.id
                          order by k.channel, k.purpose, k.recorded_at desc, k.is_given
                      ) said
                  ), '{}') as "said!: sqlx::types::Json<BTreeMap<String, String>>"
           from unnest($2::uuid[]) with ordinality as wanted (id, place)
           join customers c on c.tenant_id = $1 and c.id = wanted.id
           join tenants t on t.id = $1
           cross join lateral (
               select count(*) as order_count,
                      coalesce(to_char(min(o.placed_at) at time zone t.timezone, 'YYYY-MM-DD'), '') as first_on,
                      coalesce(to_char(max(o.placed_at) at time zone t.timezone, 'YYYY-MM-DD'), '') as last_on
               from orders o
               where o.tenant_id = $1
                 and o.customer_id = c.id
                 and o.status <> 'cancelled'
           ) bought
           where c.phone is not null
           order by wanted.place"#,
        tx.tenant(),
        ids
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let mut areas = vec![row.area];
            areas.extend(row.places.0);
            let mut line = vec![
                whole_name(row.first_name.as_deref(), row.last_name.as_deref()),
                // With blanks, so that no spreadsheet takes it for a sum and drops its nought.
                Phone::parse(&row.phone).map_or(row.phone, |phone| phone.display()),
                row.email,
                once(areas).join("; "),
                tags::line(&row.tags),
                row.order_count.to_string(),
                // Whole shillings; what was spent in cents beyond them is not told.
                (row.spent / 100).to_string(),
                row.first_on,
                row.last_on,
            ];
            line.extend(consents().map(|(channel, purpose)| {
                row.said.0.get(&consent_column(channel, purpose)).cloned().unwrap_or_default()
            }));
            line
        })
        .collect())
}

/// Each area where it stands first; none that says nothing.
fn once(areas: Vec<String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for area in areas {
        if !area.is_empty() && !kept.contains(&area) {
            kept.push(area);
        }
    }
    kept
}
