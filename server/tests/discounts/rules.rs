//! Rules and codes for tests, written as rows.

use crate::world::World;
use duka::db::testing::Shop;
use uuid::Uuid;

/// A rule of a shop with these columns beside its kind.
pub async fn rule(world: &World, shop: &Shop, kind: &str, config: &str, columns: &str, values: &str) -> Uuid {
    let comma = if columns.is_empty() { "" } else { ", " };
    let mut connection = world.db.superuser().await;
    sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
        "insert into price_rules (tenant_id, name, type, config{comma}{columns})
         values ('{}', 'Easter sale', '{kind}', '{config}'{comma}{values}) returning id",
        shop.tenant
    )))
    .fetch_one(&mut connection)
    .await
    .unwrap()
}

pub async fn code(world: &World, shop: &Shop, rule: Uuid, code: &str, most_uses: &str) {
    world
        .sql(&format!(
            "insert into price_rule_codes (tenant_id, rule_id, code, most_uses) values ('{}', '{rule}', '{code}', {most_uses})",
            shop.tenant
        ))
        .await;
}

pub const TEN_PERCENT: &str = r#"{"basis_points": 1000}"#;
