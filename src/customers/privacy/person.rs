//! Everything of one person at one merchant, by their phone: the threads by which the registered fields are found.

use super::register::{Field, Found};
use crate::{
    db::{DbError, TenantTx},
    kernel::phone::Phone,
};
use sqlx::{Postgres, postgres::PgArguments, query::Query};
use uuid::Uuid;

/// Visits of one person that are followed.
const MOST_VISITS: i64 = 10_000;

/// The rows that lead to all others.
pub(super) struct Person {
    customers: Vec<Uuid>,
    orders: Vec<Uuid>,
    payments: Vec<Uuid>,
    carts: Vec<Uuid>,
    threads: Vec<Uuid>,
    visits: Vec<String>,
    /// The number in every spelling, as a pattern without its beginning.
    pub digits: String,
}

/// What every statement about a person begins with; `$1` is the tenant.
pub(super) const PERSON: &str = "with p (customers, orders, payments, carts, threads, visits, digits) as (
         select $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::text
     )";

impl Person {
    /// None when the merchant knows nobody of that number.
    pub async fn find(tx: &mut TenantTx, phone: &Phone) -> Result<Option<Self>, DbError> {
        let local = &phone.msisdn()[3..];
        // Rows that were not written by this program may spell it in another way.
        let spellings = vec![
            phone.as_str().to_owned(),
            phone.msisdn().to_owned(),
            format!("0{local}"),
            local.to_owned(),
            phone.display(),
        ];
        let tenant = tx.tenant();
        let customers = sqlx::query_scalar!(
            "select id from customers where tenant_id = $1 and phone = any ($2) order by id",
            tenant,
            &spellings
        )
        .fetch_all(tx.conn())
        .await?;
        let orders = sqlx::query_scalar!(
            "select id
             from orders
             where tenant_id = $1
               and (customer_id = any ($2) or customer_phone = any ($3))
             order by id",
            tenant,
            &customers,
            &spellings
        )
        .fetch_all(tx.conn())
        .await?;
        let payments = sqlx::query_scalar!(
            "select id
             from payments
             where tenant_id = $1
               and (order_id = any ($2) or phone = any ($3))
             order by id",
            tenant,
            &orders,
            &spellings
        )
        .fetch_all(tx.conn())
        .await?;
        if customers.is_empty() && orders.is_empty() && payments.is_empty() {
            return Ok(None);
        }
        let carts = sqlx::query_scalar!(
            "select c.id
             from carts c
             where c.tenant_id = $1
               and (c.customer_id = any ($2)
                    or c.id in (select o.cart_id from orders o where o.tenant_id = $1 and o.id = any ($3)))
             order by c.id",
            tenant,
            &customers,
            &orders
        )
        .fetch_all(tx.conn())
        .await?;
        let threads = sqlx::query_scalar!(
            "select id from whatsapp_threads where tenant_id = $1 and customer_id = any ($2) order by id",
            tenant,
            &customers
        )
        .fetch_all(tx.conn())
        .await?;
        let visits = sqlx::query_scalar!(
            r#"select distinct session_id as "session_id!"
               from events
               where tenant_id = $1
                 and session_id is not null
                 and (order_id = any ($2) or customer_id = any ($3) or cart_id = any ($4))
               limit $5"#,
            tenant,
            &orders,
            &customers,
            &carts,
            MOST_VISITS
        )
        .fetch_all(tx.conn())
        .await?;
        let (one, rest) = local.split_at(3);
        let (two, three) = rest.split_at(3);
        let digits = format!("{one}[ .-]?{two}[ .-]?{three}");
        Ok(Some(Self { customers, orders, payments, carts, threads, visits, digits }))
    }

    /// Where this person is written down for the log: the customer, or the first order.
    pub fn subject(&self) -> (&'static str, Uuid) {
        let first = |table, ids: &[Uuid]| ids.first().map(|id| (table, *id));
        first("customers", &self.customers)
            .or_else(|| first("orders", &self.orders))
            .or_else(|| first("payments", &self.payments))
            .unwrap_or(("customers", Uuid::nil()))
    }

    /// Binds what [`PERSON`] names.
    pub fn bind<'q>(&self, query: Query<'q, Postgres, PgArguments>, tenant: Uuid) -> Query<'q, Postgres, PgArguments> {
        query
            .bind(tenant)
            .bind(self.customers.clone())
            .bind(self.orders.clone())
            .bind(self.payments.clone())
            .bind(self.carts.clone())
            .bind(self.threads.clone())
            .bind(self.visits.clone())
            .bind(self.digits.clone())
    }
}

/// The person's rows of the field's table, which is called `t`.
pub(super) fn rows_of(field: &Field) -> String {
    let link = |table: &str, column: &str, set: &str| {
        let column = if field.table == table { "id" } else { column };
        format!("t.{column} = any (p.{set})")
    };
    let whose = match field.found {
        Found::Customer => link("customers", "customer_id", "customers"),
        Found::Order => link("orders", "order_id", "orders"),
        Found::Payment => link("payments", "payment_id", "payments"),
        Found::Cart => link("carts", "cart_id", "carts"),
        Found::Thread => link("whatsapp_threads", "thread_id", "threads"),
        Found::Quote => "(t.order_id = any (p.orders) or t.cart_id = any (p.carts))".to_owned(),
        Found::Visit => {
            "(t.session_id = any (p.visits) or t.order_id = any (p.orders) or t.customer_id = any (p.customers))"
                .to_owned()
        }
        Found::Callback => {
            "(t.payment_id = any (p.payments) or t.raw_body ~ p.digits or t.payload::text ~ p.digits)".to_owned()
        }
        Found::Act => "(t.actor_kind = 'customer' and (t.subject_id = any (p.orders) or t.subject_id = any (p.payments)
                        or t.subject_id = any (p.carts) or t.subject_id = any (p.customers)))"
            .to_owned(),
        Found::User | Found::Email | Found::Tenant => "false".to_owned(),
    };
    format!("t.tenant_id = $1 and {whose}")
}
