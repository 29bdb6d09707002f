//! Loads the checkout: frame, lines, areas, and the total that will be charged; four statements.

use super::{CheckoutPage, CheckoutValues};
use crate::{
    checkout::totals::sum_up,
    ctx::Ctx,
    delivery::zones::{choose, list_zones},
    error::AppError,
    kernel::{
        currency::Currency,
        field_errors::FieldErrors,
        money::{BasisPoints, Money},
        token::Token,
    },
    pages::storefront::{
        cart::list_lines,
        frame::{ShopFrame, Visit, load_frame},
        parts::AreaFee,
        rows::currency,
    },
    payments::method::PaymentMethod,
};

/// The checkout of a cart, priced for `area` or the default one; none when the cart is empty.
/// Nothing is held by looking at it.
pub async fn load(
    ctx: &Ctx,
    visit: &Visit,
    cart: &Token,
    area: Option<&str>,
) -> Result<Option<(ShopFrame, CheckoutPage)>, AppError> {
    let mut tx = ctx.tx().await?;
    let lines = list_lines(&mut tx, visit.store, cart, ctx.now()).await?;
    if lines.is_empty() {
        return Ok(None);
    }
    let (frame, _) = load_frame(&mut tx, visit).await?;
    let store = sqlx::query!(
        r#"select s.default_currency, s.vat_basis_points, s.is_vat_registered,
                  exists (select 1 from mpesa_accounts m where m.tenant_id = $1 and m.is_active) as "takes_mpesa!"
           from stores s
           where s.tenant_id = $1
             and s.id = $2"#,
        tx.tenant(),
        visit.store.uuid()
    )
    .fetch_one(tx.conn())
    .await?;
    let currency: Currency = currency(&store.default_currency)?;
    let zones = list_zones(&mut tx, currency).await?;
    let chosen = choose(&zones, area);
    let delivery = zones.get(chosen).map_or(Money::zero(currency), |zone| zone.fee);
    let line_totals: Vec<Money> = lines.iter().map(|line| line.total).collect();
    let vat = store.is_vat_registered.then(|| BasisPoints(u32::try_from(store.vat_basis_points).unwrap_or(0)));
    let totals = sum_up(currency, &line_totals, delivery, vat).map_err(AppError::broken)?;
    let methods = PaymentMethod::OFFERED
        .into_iter()
        .filter(|method| *method != PaymentMethod::MpesaStk || store.takes_mpesa)
        .collect();
    let areas = zones
        .into_iter()
        .map(|zone| AreaFee {
            area: zone.area,
            group: zone.group,
            fee: zone.fee,
            eta_minutes: zone.eta_minutes,
            minimum: zone.minimum,
        })
        .collect();
    let page = CheckoutPage {
        lines,
        areas,
        chosen,
        subtotal: totals.subtotal,
        delivery: totals.delivery,
        total: totals.total,
        tax: totals.tax,
        methods,
        idempotency_key: Token::random().hex(),
        values: CheckoutValues::default(),
        errors: FieldErrors::none(),
        changes: Vec::new(),
    };
    Ok(Some((frame, page)))
}
