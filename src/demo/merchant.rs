//! The merchant: account, shop, address, team, delivery areas, M-Pesa and card accounts, categories.

use super::{
    PASSWORD, SeedError,
    chance::{fixed_id, store_id},
    files::StoreFile,
    partners::write_partner,
};
use crate::{
    ctx::Ctx,
    db::TenantTx,
    kernel::access::Role,
    tenancy::password,
    vault::{Place, Purpose},
};
use serde_json::json;
use uuid::Uuid;

/// How a demo merchant takes M-Pesa; the sandbox accepts any credentials.
struct MpesaParty {
    kind: &'static str,
    short_code: &'static str,
    till_number: Option<&'static str>,
}

/// One shop of each kind.
fn mpesa_party(slug: &str) -> MpesaParty {
    if slug == "mama-njeri" {
        MpesaParty { kind: "till", short_code: "600210", till_number: Some("509731") }
    } else {
        MpesaParty { kind: "paybill", short_code: "509732", till_number: None }
    }
}

pub(super) fn user_id(slug: &str, role: Role) -> Uuid {
    fixed_id(&format!("users/{slug}/{}", role.as_str()))
}

/// The words of `payments.method` and the number for the shop's prompts.
pub(super) fn payment_words(slug: &str) -> (&'static str, &'static str) {
    let party = mpesa_party(slug);
    (if party.kind == "till" { "mpesa_till" } else { "mpesa_paybill" }, party.short_code)
}

/// False when the merchant was there before.
pub(super) async fn write_merchant(ctx: &Ctx, slug: &str, shop: &StoreFile) -> Result<bool, SeedError> {
    if exists(&mut ctx.tx().await?).await? {
        return Ok(false);
    }
    // Hashing takes its time, so it is done before anything is locked.
    let mut hashes = Vec::new();
    for role in Role::ALL {
        hashes.push((role, password::hash(PASSWORD).await?));
    }
    let mut tx = ctx.tx().await?;
    write_tenant(&mut tx, slug, shop).await?;
    write_store(&mut tx, slug, shop).await?;
    write_team(&mut tx, slug, &hashes).await?;
    write_zones(&mut tx, slug, shop).await?;
    write_categories(&mut tx, slug, shop).await?;
    write_mpesa(ctx, &mut tx, slug).await?;
    write_cards(ctx, &mut tx, slug).await?;
    write_partner(ctx, &mut tx, slug).await?;
    write_price_rules(&mut tx, slug).await?;
    tx.commit().await?;
    Ok(true)
}

async fn exists(tx: &mut TenantTx) -> Result<bool, SeedError> {
    let found =
        sqlx::query_scalar!("select id from tenants where id = $1", tx.tenant()).fetch_optional(tx.conn()).await?;
    Ok(found.is_some())
}

async fn write_tenant(tx: &mut TenantTx, slug: &str, shop: &StoreFile) -> Result<(), SeedError> {
    let party = mpesa_party(slug);
    let paybill = (party.kind == "paybill").then_some(party.short_code);
    sqlx::query!(
        "insert into tenants (id, name, mpesa_paybill, mpesa_short_code, whatsapp_number)
         values ($1, $2, $3, $4, $5)",
        tx.tenant(),
        shop.name,
        paybill,
        party.till_number.unwrap_or(party.short_code),
        shop.whatsapp_number
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

async fn write_store(tx: &mut TenantTx, slug: &str, shop: &StoreFile) -> Result<(), SeedError> {
    let store = store_id(slug).uuid();
    sqlx::query!(
        "insert into stores (tenant_id, id, name, slug, primary_contact_phone, nairobi_area, address, is_live,
                             whatsapp_number, theme_color, tagline, seo_settings, vat_number)
         values ($1, $2, $3, $4, $5, $6, $7, true, $8, $9, $10, $11, 'P051234567X')",
        tx.tenant(),
        store,
        shop.name,
        slug,
        shop.contact_phone,
        shop.area,
        shop.address,
        shop.whatsapp_number,
        shop.theme_color,
        shop.tagline_en,
        json!({})
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "insert into hosts (tenant_id, id, store_id, kind, name, is_primary)
         values ($1, $2, $3, 'subdomain', $4, true)",
        tx.tenant(),
        fixed_id(&format!("hosts/{slug}")),
        store,
        slug
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

async fn write_team(tx: &mut TenantTx, slug: &str, hashes: &[(Role, String)]) -> Result<(), SeedError> {
    for (role, hash) in hashes {
        let name = match role {
            Role::Owner => "Njeri Wambui",
            Role::Staff => "Otieno Ouma",
            Role::Viewer => "Amina Hassan",
        };
        sqlx::query!(
            "insert into users (tenant_id, id, email, password_hash, role, name, email_proved_at)
             values ($1, $2, $3, $4, $5, $6, now())",
            tx.tenant(),
            user_id(slug, *role),
            format!("{}@{slug}.test", role.as_str()),
            hash,
            role.as_str(),
            name
        )
        .execute(tx.conn())
        .await?;
    }
    Ok(())
}

async fn write_zones(tx: &mut TenantTx, slug: &str, shop: &StoreFile) -> Result<(), SeedError> {
    for (position, zone) in (0i32..).zip(&shop.zones) {
        sqlx::query!(
            "insert into delivery_zones (tenant_id, id, name, city_area, fee_cents, min_order_cents, eta_minutes, is_default, position, aliases)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            tx.tenant(),
            fixed_id(&format!("zones/{slug}/{}", zone.area)),
            zone.name,
            zone.area,
            zone.fee_shillings * 100,
            zone.min_order_shillings * 100,
            zone.eta_minutes,
            zone.is_default,
            position,
            &zone.aliases
        )
        .execute(tx.conn())
        .await?;
    }
    Ok(())
}

async fn write_categories(tx: &mut TenantTx, slug: &str, shop: &StoreFile) -> Result<(), SeedError> {
    for (position, category) in (1i32..).zip(&shop.categories) {
        sqlx::query!(
            "insert into categories (tenant_id, id, name, slug, position, description)
             values ($1, $2, $3, $4, $5, $6)",
            tx.tenant(),
            fixed_id(&format!("categories/{slug}/{}", category.slug)),
            category.name,
            category.slug,
            position,
            category.description
        )
        .execute(tx.conn())
        .await?;
    }
    Ok(())
}

async fn write_mpesa(ctx: &Ctx, tx: &mut TenantTx, slug: &str) -> Result<(), SeedError> {
    let id = fixed_id(&format!("mpesa/{slug}"));
    let key = ctx.key(tx).await?;
    let seal = |column, secret: &str| key.seal(Place { table: "mpesa_accounts", column, row: id }, secret);
    let party = mpesa_party(slug);
    sqlx::query!(
        "insert into mpesa_accounts (tenant_id, id, environment, kind, short_code, till_number, consumer_key_sealed, consumer_secret_sealed, passkey_sealed, initiator_name, initiator_password_sealed, initiator_set_at, proved_at)
         values ($1, $2, 'sandbox', $3, $4, $5, $6, $7, $8, 'dukaapi', $9, now(), now())",
        tx.tenant(),
        id,
        party.kind,
        party.short_code,
        party.till_number,
        seal("consumer_key_sealed", &format!("demo-key-{slug}")),
        seal("consumer_secret_sealed", &format!("demo-secret-{slug}")),
        seal("passkey_sealed", &format!("demo-passkey-{slug}")),
        seal("initiator_password_sealed", "demo-operator")
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Cards through the sandbox, which takes any key that looks like one.
async fn write_cards(ctx: &Ctx, tx: &mut TenantTx, slug: &str) -> Result<(), SeedError> {
    let id = fixed_id(&format!("cards/{slug}"));
    let key = ctx.key(tx).await?;
    let name = slug.replace('-', "_");
    let place = Place { table: "card_accounts", column: "secret_key_sealed", row: id };
    sqlx::query!(
        "with hook as (
             insert into hook_tokens (tenant_id, token_hash, purpose, subject_id)
             values ($1, $5, 'card', $2)
         )
         insert into card_accounts (tenant_id, id, environment, public_key, secret_key_sealed, is_active, proved_at)
         values ($1, $2, 'sandbox', $3, $4, true, now())",
        tx.tenant(),
        id,
        format!("pk_test_{name}"),
        key.seal(place, &format!("sk_test_{name}")),
        key.token(Purpose::CardHook, id).hash()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Who says KARIBU10 pays ten percent less; large orders of clothes come for nothing.
async fn write_price_rules(tx: &mut TenantTx, slug: &str) -> Result<(), SeedError> {
    let welcome = fixed_id(&format!("price_rules/{slug}"));
    sqlx::query!(
        "insert into price_rules (tenant_id, id, name, type, config, needs_code, minimum_cents)
         select $1, one.id, one.name, one.type, one.config, one.needs_code, one.minimum_cents
         from (values ($2::uuid, 'Karibu, 10 % off', 'percentage_off', $3::jsonb, true, 0::bigint),
                      ($4::uuid, 'Free delivery', 'free_delivery', '{}'::jsonb, false, 1500000::bigint))
              as one (id, name, type, config, needs_code, minimum_cents)
         where one.needs_code
            or $5",
        tx.tenant(),
        welcome,
        json!({ "basis_points": 1_000 }),
        fixed_id(&format!("price_rules/{slug}/delivery")),
        slug == "mama-njeri"
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "insert into price_rule_codes (tenant_id, id, rule_id, code)
         values ($1, $2, $3, 'KARIBU10')",
        tx.tenant(),
        fixed_id(&format!("price_rule_codes/{slug}")),
        welcome
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
