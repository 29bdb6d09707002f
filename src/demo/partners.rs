//! The demo's delivery partner: agents through the sandbox, read by the worker like anybody's.

use super::{SeedError, chance::fixed_id};
use crate::{
    ctx::Ctx,
    db::TenantTx,
    jobs::kinds::Job,
    kernel::id::DeliveryPartnerId,
    vault::{Place, Purpose},
};

/// Where the demo hands parcels in: an agent of the sandbox's network.
const SENDER: i64 = 41;

/// One of the demo's merchants sends parcels to agents; the other has nobody but riders.
pub(super) async fn write_partner(ctx: &Ctx, tx: &mut TenantTx, slug: &str) -> Result<(), SeedError> {
    if slug != "mama-njeri" {
        return Ok(());
    }
    let id = fixed_id(&format!("partners/{slug}"));
    let key = ctx.key(tx).await?;
    let place = Place { table: "delivery_partners", column: "api_key_sealed", row: id };
    sqlx::query!(
        "with hook as (
             insert into hook_tokens (tenant_id, token_hash, purpose, subject_id)
             values ($1, $4, 'delivery', $2)
         )
         insert into delivery_partners (tenant_id, id, name, provider, config, api_key_sealed, is_active, proved_at)
         values ($1, $2, 'Pickup Mtaani', 'pickup_mtaani', jsonb_build_object('business', 12, 'sender', $5::bigint), $3, true, now())",
        tx.tenant(),
        id,
        key.seal(place, &format!("demo-key-{slug}")),
        key.token(Purpose::DeliveryHook, id).hash(),
        SENDER
    )
    .execute(tx.conn())
    .await?;
    let partner = DeliveryPartnerId::from(id);
    Ok(tx.enqueue(&Job::RefreshPartner(partner), None, Some(&format!("refresh_partner:{partner}"))).await?)
}
