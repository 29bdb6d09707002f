//! The list of customers: found by name or phone in any spelling, sifted by a group, sorted, a page at a time.

use crate::{
    ctx::Ctx,
    customers::{
        edit_groups::{self, Group},
        group::Rules,
        spelling::{part_of_phone, whole_name},
    },
    db::TenantTx,
    error::AppError,
    kernel::{
        access::Permission,
        id::{CustomerGroupId, CustomerId},
        local_time::LocalTime,
        money::Money,
        phone::Phone,
    },
    pages::dashboard::{anywhere, count, looked_at, page_count},
};
use chrono::{DateTime, TimeDelta, Utc};

const PER_PAGE: u32 = 25;
/// Nobody turns more pages than this; who looks for somebody searches.
const LAST_PAGE: u32 = 400;
const WORDS_LENGTH: usize = 100;

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Who bought last.
    #[default]
    Last,
    Spent,
    Name,
    Newest,
}

impl Sort {
    pub const ALL: [Self; 4] = [Self::Last, Self::Spent, Self::Name, Self::Newest];
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Last => "",
            Self::Spent => "spent",
            Self::Name => "name",
            Self::Newest => "newest",
        }
    }
    pub fn parse(word: &str) -> Self {
        Self::ALL.into_iter().find(|sort| sort.as_str() == word).unwrap_or_default()
    }
}

/// What the address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomerFilter {
    pub words: String,
    pub sort: Sort,
    pub group: Option<CustomerGroupId>,
    /// From 1.
    pub page: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomersPage {
    pub filter: CustomerFilter,
    pub rows: Vec<CustomerRow>,
    pub customer_count: u32,
    pub page_count: u32,
    pub groups: Vec<Group>,
    pub may_edit: bool,
    /// The list as a file.
    pub may_take_out: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerRow {
    pub id: CustomerId,
    pub name: String,
    /// As people read it.
    pub phone: String,
    pub area: Option<String>,
    pub tags: Vec<String>,
    /// Paid less given back.
    pub spent: Money,
    /// All but the cancelled ones.
    pub order_count: u32,
    /// When they last paid for something, by the shop's clock.
    pub last_on: Option<LocalTime>,
    /// Their data wait to be erased.
    pub is_leaving: bool,
}

/// The filter as the statement takes it; all of it holds at once.
#[derive(Debug, Default)]
pub(super) struct Sifted {
    pub pattern: Option<String>,
    pub phone: Option<String>,
    pub bought_since: Option<DateTime<Utc>>,
    pub silent_since: Option<DateTime<Utc>>,
    pub spent_cents: Option<i64>,
    pub area: Option<String>,
    pub tag: Option<String>,
}

impl Sifted {
    fn by_group(rules: &Rules, now: DateTime<Utc>) -> Self {
        let before = |days: Option<i32>| days.map(|days| now - TimeDelta::days(i64::from(days)));
        Self {
            bought_since: before(rules.within_days),
            silent_since: before(rules.silent_days),
            spent_cents: rules.spent_cents,
            area: rules.area.clone(),
            tag: rules.tag.clone(),
            ..Self::default()
        }
    }

    fn by_words(self, words: &str) -> Self {
        // A number is nobody's name.
        let phone = part_of_phone(words);
        let pattern = (!words.is_empty() && phone.is_none()).then(|| anywhere(words));
        Self { pattern, phone: phone.map(|part| anywhere(&part)), ..self }
    }
}

/// The filter made sense of, and every group there is. A group that is none is not found.
pub(super) async fn sift(ctx: &Ctx, filter: &mut CustomerFilter) -> Result<(Sifted, Vec<Group>), AppError> {
    filter.words = looked_at(&filter.words, WORDS_LENGTH);
    filter.page = filter.page.clamp(1, LAST_PAGE);
    let groups = edit_groups::list(ctx).await?;
    let rules = match filter.group {
        None => Rules::default(),
        Some(id) => groups
            .iter()
            .find(|group| group.id == id)
            .map(|group| group.form.rules.clone())
            .ok_or(AppError::NotFound)?,
    };
    Ok((Sifted::by_group(&rules, ctx.now()).by_words(&filter.words), groups))
}

/// One page of the list.
pub async fn load(ctx: &Ctx, mut filter: CustomerFilter) -> Result<CustomersPage, AppError> {
    ctx.require(Permission::SeeDashboard)?;
    let (sifted, groups) = sift(ctx, &mut filter).await?;
    let mut tx = ctx.tx().await?;
    let customer_count = count_customers(&mut tx, &sifted).await?;
    let rows = list_customers(&mut tx, &sifted, &filter).await?;
    let page_count = page_count(customer_count, PER_PAGE).min(LAST_PAGE);
    let may_edit = ctx.actor.may(Permission::EditCustomers);
    let may_take_out = ctx.actor.may(Permission::ManageData);
    Ok(CustomersPage { filter, rows, customer_count, page_count, groups, may_edit, may_take_out })
}

/// How many there are.
pub(super) async fn count_customers(tx: &mut TenantTx, sifted: &Sifted) -> Result<u32, AppError> {
    let found = sqlx::query_scalar!(
        r#"select count(*) as "count!"
           from customers c
           where c.tenant_id = $1
             and c.phone is not null
             and ($2::text is null or concat_ws(' ', c.first_name, c.last_name) ilike $2 or c.email ilike $2)
             and ($3::text is null or c.phone like $3)
             and ($4::timestamptz is null or c.last_order_at >= $4)
             and ($5::timestamptz is null or c.last_order_at < $5)
             and ($6::bigint is null or c.lifetime_value_cents >= $6)
             and ($7::text is null or lower(c.city_area) = lower($7))
             and ($8::text is null or c.tags @> array[$8])"#,
        tx.tenant(),
        sifted.pattern,
        sifted.phone,
        sifted.bought_since,
        sifted.silent_since,
        sifted.spent_cents,
        sifted.area,
        sifted.tag
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(count(found))
}

async fn list_customers(
    tx: &mut TenantTx,
    sifted: &Sifted,
    filter: &CustomerFilter,
) -> Result<Vec<CustomerRow>, AppError> {
    let rows = sqlx::query!(
        r#"select c.id, c.first_name, c.last_name, c.phone as "phone!", c.city_area, c.tags, c.lifetime_value_cents,
                  c.erase_asked_at is not null as "is_leaving!",
                  c.last_order_at at time zone t.timezone as last_on,
                  (select count(*)
                   from orders o
                   where o.tenant_id = $1
                     and o.customer_id = c.id
                     and o.status <> 'cancelled') as "order_count!"
           from customers c
           join tenants t on t.id = $1
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
           limit $10
           offset $11"#,
        tx.tenant(),
        sifted.pattern,
        sifted.phone,
        sifted.bought_since,
        sifted.silent_since,
        sifted.spent_cents,
        sifted.area,
        sifted.tag,
        filter.sort.as_str(),
        i64::from(PER_PAGE),
        i64::from((filter.page - 1) * PER_PAGE)
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| CustomerRow {
            id: row.id.into(),
            name: whole_name(row.first_name.as_deref(), row.last_name.as_deref()),
            phone: Phone::parse(&row.phone).map_or(row.phone, |phone| phone.display()),
            area: row.city_area,
            tags: row.tags,
            spent: Money::kes(row.lifetime_value_cents),
            order_count: count(row.order_count),
            last_on: row.last_on.map(LocalTime::from),
            is_leaving: row.is_leaving,
        })
        .collect())
}
