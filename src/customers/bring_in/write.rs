//! The statements of a list that is brought in: who is known, who is made, what is filled.

use super::person::{Known, Person};
use crate::{
    customers::spelling::whole_name,
    db::{DbError, TenantTx},
    kernel::id::CustomerId,
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// One list of a merchant at a time, so that the same one pressed twice finds the people it made.
const KEEP_OTHERS_OUT: &str = "select pg_advisory_xact_lock(hashtextextended('customers brought in ' || $1, 0))";

pub(super) async fn wait_for_others(tx: &mut TenantTx) -> Result<(), DbError> {
    let tenant = tx.tenant().to_string();
    sqlx::query(KEEP_OTHERS_OUT).bind(tenant).execute(tx.conn()).await?;
    Ok(())
}

/// Who of these phones is a customer.
pub(super) async fn find_known(tx: &mut TenantTx, phones: &[String]) -> Result<Vec<(String, Known)>, DbError> {
    let rows = sqlx::query!(
        r#"select phone as "phone!", first_name, last_name, coalesce(email, '') as "email!",
                  coalesce(city_area, '') as "area!", tags, erase_asked_at is not null as "is_leaving!"
           from customers
           where tenant_id = $1
             and phone = any($2)"#,
        tx.tenant(),
        phones
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let name = whole_name(row.first_name.as_deref(), row.last_name.as_deref());
            let known = Known { name, email: row.email, area: row.area, tags: row.tags, is_leaving: row.is_leaving };
            (row.phone, known)
        })
        .collect())
}

/// People side by side, as a statement takes them.
#[derive(Default)]
struct Columns {
    phones: Vec<String>,
    firsts: Vec<String>,
    lasts: Vec<String>,
    emails: Vec<String>,
    areas: Vec<String>,
    /// With commas between them, which no tag holds.
    tags: Vec<String>,
}

impl Columns {
    fn of(people: &[Person]) -> Self {
        let mut columns = Self::default();
        for person in people {
            columns.phones.push(person.phone.as_str().to_owned());
            columns.firsts.push(person.first.clone());
            columns.lasts.push(person.last.clone());
            columns.emails.push(person.email.clone());
            columns.areas.push(person.area.clone());
            columns.tags.push(person.tags.join(","));
        }
        columns
    }
}

/// Makes them; who ordered a moment ago is there already and stays as they are.
pub(super) async fn make(tx: &mut TenantTx, people: &[Person]) -> Result<(), DbError> {
    let of = Columns::of(people);
    let ids: Vec<Uuid> = people.iter().map(|_| CustomerId::mint().uuid()).collect();
    sqlx::query!(
        "insert into customers (tenant_id, id, phone, first_name, last_name, email, city_area, tags)
         select $1, r.id, r.phone, nullif(r.first, ''), nullif(r.last, ''), nullif(r.email, ''), nullif(r.area, ''),
                string_to_array(r.tags, ',')
         from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::uuid[])
                  as r (phone, first, last, email, area, tags, id)
         on conflict (tenant_id, phone) do nothing",
        tx.tenant(),
        &of.phones,
        &of.firsts,
        &of.lasts,
        &of.emails,
        &of.areas,
        &of.tags,
        &ids
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Fills what is empty, and adds tags; what somebody wrote meanwhile stays.
pub(super) async fn fill(tx: &mut TenantTx, people: &[Person], now: DateTime<Utc>) -> Result<(), DbError> {
    let of = Columns::of(people);
    sqlx::query!(
        "update customers c
         set first_name = case when coalesce(c.first_name, '') = '' and coalesce(c.last_name, '') = ''
                               then nullif(r.first, '') else c.first_name end,
             last_name = case when coalesce(c.first_name, '') = '' and coalesce(c.last_name, '') = ''
                              then nullif(r.last, '') else c.last_name end,
             email = coalesce(nullif(c.email, ''), nullif(r.email, '')),
             city_area = coalesce(nullif(c.city_area, ''), nullif(r.area, '')),
             tags = c.tags || array(select added.tag
                                    from unnest(string_to_array(r.tags, ',')) as added (tag)
                                    where added.tag <> all (c.tags)),
             version = c.version + 1,
             updated_at = $8
         from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
                  as r (phone, first, last, email, area, tags)
         where c.tenant_id = $1
           and c.phone = r.phone
           and c.erase_asked_at is null",
        tx.tenant(),
        &of.phones,
        &of.firsts,
        &of.lasts,
        &of.emails,
        &of.areas,
        &of.tags,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
