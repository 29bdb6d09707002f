//! What a merchant says of one store: name, looks, contacts, words, tax. Read and changed as one form.

use super::catalogue_version;
use crate::{
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::{
        access::Permission,
        colour::{Colour, parse_accent},
        email::Email,
        field_errors::{FieldErrors, FieldProblem, optional_text, required_text},
        id::StoreId,
        locale::Locale,
        order_number::{LONGEST_PREFIX, OrderPrefix},
        phone::Phone,
        typed::Typed,
    },
};
use serde_json::{Value, json};

/// The fields of the form, as posted.
pub const FIELDS: &[&str] = &[
    "name",
    "tagline",
    "theme_color",
    "phone",
    "whatsapp",
    "contact_email",
    "area",
    "address",
    "delivery_name",
    "delivery_phone",
    "swahili",
    "vat_registered",
    "vat_number",
    "vat_rate",
    "hold_minutes",
    "order_prefix",
    "delivery_policy",
    "returns_policy",
    "privacy_notice",
    "seo_title",
    "seo_description",
    "unlisted",
];

/// The most that one of the texts may have.
pub const LONGEST_POLICY: usize = 5_000;

/// What a list of results shows of the front page's title, before the shop's name.
pub const LONGEST_SEO_TITLE: usize = 60;
/// The same of its description.
pub const LONGEST_SEO_DESCRIPTION: usize = 155;

/// A store as its settings page shows it.
#[derive(Clone, Debug)]
pub struct StoreSettings {
    pub id: StoreId,
    pub slug: String,
    pub version: i32,
    pub is_live: bool,
    pub logo_url: Option<String>,
    pub currency: String,
    /// What stands there, as a form would have it.
    pub typed: Typed,
}

/// What was typed, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
struct StoreChange {
    name: String,
    tagline: Option<String>,
    theme_color: Option<Colour>,
    phone: Option<Phone>,
    whatsapp: Option<Phone>,
    contact_email: Option<Email>,
    area: Option<String>,
    address: Option<String>,
    delivery_name: Option<String>,
    delivery_phone: Option<Phone>,
    offers_swahili: bool,
    is_vat_registered: bool,
    vat_number: Option<String>,
    vat_basis_points: i32,
    hold_minutes: i32,
    order_prefix: OrderPrefix,
    delivery_policy: Option<String>,
    returns_policy: Option<String>,
    privacy_notice: Option<String>,
    seo_title: Option<String>,
    seo_description: Option<String>,
    is_unlisted: bool,
}

impl StoreChange {
    fn parse(typed: &Typed) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::none();
        let text = |errors: &mut FieldErrors, field: &str, max: usize| {
            errors.expect(field, optional_text(typed.get(field), max)).flatten()
        };
        let phone = |errors: &mut FieldErrors, field: &str| {
            errors.expect(field, optional(typed.get(field), Phone::parse, FieldProblem::NotAPhone)).flatten()
        };
        let name = errors.expect("name", required_text(typed.get("name"), 80));
        let theme = match typed.get("theme_color").trim() {
            "" => Some(None),
            colour => errors.expect("theme_color", parse_accent(colour)).map(Some),
        };
        let email = errors
            .expect("contact_email", optional(typed.get("contact_email"), Email::parse, FieldProblem::NotAnEmail));
        let is_vat_registered = typed.is_on("vat_registered");
        let vat_number =
            errors.expect("vat_number", optional(typed.get("vat_number"), kra_pin, FieldProblem::NotATaxNumber));
        // A receipt that names VAT names whose it is.
        if is_vat_registered && vat_number == Some(None) {
            errors.add("vat_number", FieldProblem::NoTaxNumber);
        }
        let vat = errors.expect("vat_rate", number(typed.get("vat_rate"), 0, 100));
        let hold = errors.expect("hold_minutes", number(typed.get("hold_minutes"), 5, 1_440));
        let prefix = errors.expect("order_prefix", order_prefix(typed.get("order_prefix")));
        let change = Self {
            tagline: text(&mut errors, "tagline", 120),
            phone: phone(&mut errors, "phone"),
            whatsapp: phone(&mut errors, "whatsapp"),
            area: text(&mut errors, "area", 80),
            address: text(&mut errors, "address", 200),
            delivery_name: text(&mut errors, "delivery_name", 80),
            delivery_phone: phone(&mut errors, "delivery_phone"),
            delivery_policy: text(&mut errors, "delivery_policy", LONGEST_POLICY),
            returns_policy: text(&mut errors, "returns_policy", LONGEST_POLICY),
            privacy_notice: text(&mut errors, "privacy_notice", LONGEST_POLICY),
            seo_title: text(&mut errors, "seo_title", LONGEST_SEO_TITLE),
            seo_description: text(&mut errors, "seo_description", LONGEST_SEO_DESCRIPTION),
            is_unlisted: typed.is_on("unlisted"),
            name: name.unwrap_or_default(),
            theme_color: theme.flatten(),
            contact_email: email.flatten(),
            offers_swahili: typed.is_on("swahili"),
            is_vat_registered,
            vat_number: vat_number.flatten(),
            vat_basis_points: vat.unwrap_or_default() * 100,
            hold_minutes: hold.unwrap_or_default(),
            order_prefix: prefix.unwrap_or_default(),
        };
        if errors.is_empty() { Ok(change) } else { Err(errors) }
    }
}

/// Empty, or what `parse` makes of it.
fn optional<T>(typed: &str, parse: fn(&str) -> Option<T>, problem: FieldProblem) -> Result<Option<T>, FieldProblem> {
    if typed.trim().is_empty() { Ok(None) } else { parse(typed).map(Some).ok_or(problem) }
}

fn number(typed: &str, least: i32, most: i32) -> Result<i32, FieldProblem> {
    match typed.trim().parse::<i32>() {
        Ok(number) if number < least => Err(FieldProblem::TooLow),
        Ok(number) if number > most => Err(FieldProblem::TooHigh),
        Ok(number) => Ok(number),
        Err(_) => Err(FieldProblem::NotWhole),
    }
}

fn order_prefix(typed: &str) -> Result<OrderPrefix, FieldProblem> {
    if typed.trim().len() > LONGEST_PREFIX {
        return Err(FieldProblem::TooLong);
    }
    OrderPrefix::parse(typed).ok_or(FieldProblem::Unreadable)
}

/// The Kenya Revenue Authority's PIN of a business or person: a letter, nine digits, a letter.
fn kra_pin(typed: &str) -> Option<String> {
    let pin = typed.trim().to_ascii_uppercase();
    let bytes = pin.as_bytes();
    let fits = bytes.len() == 11
        && bytes.first().is_some_and(u8::is_ascii_uppercase)
        && bytes.last().is_some_and(u8::is_ascii_uppercase)
        && bytes.get(1..10)?.iter().all(u8::is_ascii_digit);
    fits.then_some(pin)
}

/// The settings of a store, for whoever may change them.
pub async fn load(ctx: &Ctx, store: StoreId) -> Result<StoreSettings, AppError> {
    ctx.require(Permission::EditStore)?;
    read(&mut ctx.tx().await?, store).await
}

async fn read(tx: &mut TenantTx, store: StoreId) -> Result<StoreSettings, AppError> {
    let row = sqlx::query!(
        "select slug, version, is_live, logo_url, default_currency, name, tagline, theme_color, primary_contact_phone,
                whatsapp_number, contact_email, nairobi_area, address, delivery_contact_name, delivery_contact_phone,
                languages, is_vat_registered, vat_number, vat_basis_points, hold_minutes, order_prefix,
                delivery_policy, returns_policy, privacy_notice, seo_settings
         from stores
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        store.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let text = Option::unwrap_or_default;
    let phone = |stored: Option<String>| {
        stored.map(|stored| Phone::parse(&stored).map_or(stored, |phone| phone.display())).unwrap_or_default()
    };
    let said = |word: &str| row.seo_settings.get(word).and_then(Value::as_str).unwrap_or_default().to_owned();
    let typed = Typed::default()
        .with("name", row.name)
        .with("tagline", text(row.tagline))
        .with("theme_color", text(row.theme_color))
        .with("phone", phone(row.primary_contact_phone))
        .with("whatsapp", phone(row.whatsapp_number))
        .with("contact_email", text(row.contact_email))
        .with("area", text(row.nairobi_area))
        .with("address", text(row.address))
        .with("delivery_name", text(row.delivery_contact_name))
        .with("delivery_phone", phone(row.delivery_contact_phone))
        .with("swahili", if row.languages.iter().any(|tag| tag == Locale::Sw.tag()) { "on" } else { "" })
        .with("vat_registered", if row.is_vat_registered { "on" } else { "" })
        .with("vat_number", text(row.vat_number))
        .with("vat_rate", (row.vat_basis_points / 100).to_string())
        .with("hold_minutes", row.hold_minutes.to_string())
        .with("order_prefix", row.order_prefix)
        .with("delivery_policy", text(row.delivery_policy))
        .with("returns_policy", text(row.returns_policy))
        .with("privacy_notice", text(row.privacy_notice))
        .with("seo_title", said("title"))
        .with("seo_description", said("description"))
        .with("unlisted", if row.seo_settings.get("is_indexable") == Some(&json!(false)) { "on" } else { "" });
    Ok(StoreSettings {
        id: store,
        slug: row.slug,
        version: row.version,
        is_live: row.is_live,
        logo_url: row.logo_url,
        currency: row.default_currency,
        typed,
    })
}

/// Changes a store that is still at `version`. Shop pages show it from the next look on.
pub async fn change_store(ctx: &Ctx, store: StoreId, version: i32, typed: &Typed) -> Result<(), AppError> {
    ctx.require(Permission::EditStore)?;
    let change = StoreChange::parse(typed).map_err(AppError::Invalid)?;
    // English is what addresses without a prefix speak, so it is always there.
    let languages: Vec<String> = [Some(Locale::En), change.offers_swahili.then_some(Locale::Sw)]
        .into_iter()
        .flatten()
        .map(|locale| locale.tag().to_owned())
        .collect();
    let mut tx = ctx.tx().await?;
    let before = read(&mut tx, store).await?;
    let changed = sqlx::query!(
        "update stores
         set name = $4, tagline = $5, theme_color = $6, primary_contact_phone = $7, whatsapp_number = $8,
             contact_email = $9, nairobi_area = $10, address = $11, delivery_contact_name = $12,
             delivery_contact_phone = $13, languages = $14, is_vat_registered = $15, vat_number = $16,
             vat_basis_points = $17, hold_minutes = $18, delivery_policy = $19, returns_policy = $20,
             privacy_notice = $21, seo_settings = seo_settings || $22::jsonb, order_prefix = $23,
             version = version + 1, updated_at = now()
         where tenant_id = $1
           and id = $2
           and version = $3",
        tx.tenant(),
        store.uuid(),
        version,
        change.name,
        change.tagline,
        change.theme_color.map(|colour| colour.to_string()),
        change.phone.as_ref().map(Phone::as_str),
        change.whatsapp.as_ref().map(Phone::as_str),
        change.contact_email.as_ref().map(Email::as_str),
        change.area,
        change.address,
        change.delivery_name,
        change.delivery_phone.as_ref().map(Phone::as_str),
        &languages,
        change.is_vat_registered,
        change.vat_number,
        change.vat_basis_points,
        change.hold_minutes,
        change.delivery_policy,
        change.returns_policy,
        change.privacy_notice,
        json!({
            "title": change.seo_title,
            "description": change.seo_description,
            "is_indexable": !change.is_unlisted,
        }),
        change.order_prefix.as_str()
    )
    .execute(tx.conn())
    .await?;
    if changed.rows_affected() == 0 {
        return Err(AppError::ChangedMeanwhile);
    }
    let after = read(&mut tx, store).await?;
    let fields: Vec<&str> =
        FIELDS.iter().copied().filter(|field| before.typed.get(field) != after.typed.get(field)).collect();
    let details = json!({ "version": version + 1, "fields": fields });
    tx.audit(ctx.actor, "store_changed", "stores", store.uuid(), details).await?;
    catalogue_version::raise(&mut tx).await?;
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled() -> Typed {
        Typed::default()
            .with("name", "Mama Njeri")
            .with("swahili", "on")
            .with("vat_registered", "on")
            .with("vat_number", " p051234567x ")
            .with("vat_rate", "16")
            .with("hold_minutes", "30")
    }

    #[test]
    fn what_was_typed_is_understood() {
        let change = StoreChange::parse(&filled().with("phone", "0711 223 344")).unwrap();
        assert_eq!(change.vat_number.as_deref(), Some("P051234567X"));
        assert_eq!((change.vat_basis_points, change.hold_minutes), (1600, 30));
        assert_eq!(change.phone.map(|phone| phone.as_str().to_owned()).as_deref(), Some("+254711223344"));
    }

    #[test]
    fn only_who_is_registered_for_vat_needs_a_pin() {
        let change = StoreChange::parse(&filled().with("vat_registered", "").with("vat_number", "")).unwrap();
        assert_eq!((change.is_vat_registered, change.vat_number), (false, None));
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        let long = "a".repeat(LONGEST_POLICY + 1);
        for (field, typed, problem) in [
            ("name", "", FieldProblem::Missing),
            ("name", "a\u{7}b", FieldProblem::Unreadable),
            ("tagline", long.as_str(), FieldProblem::TooLong),
            ("theme_color", "#ffff00", FieldProblem::TooPale),
            ("theme_color", "green", FieldProblem::NotAColour),
            ("phone", "12", FieldProblem::NotAPhone),
            ("contact_email", "njeri", FieldProblem::NotAnEmail),
            ("vat_number", "0512345678", FieldProblem::NotATaxNumber),
            ("vat_number", " ", FieldProblem::NoTaxNumber),
            ("vat_rate", "16.5", FieldProblem::NotWhole),
            ("vat_rate", "-1", FieldProblem::TooLow),
            ("hold_minutes", "100000", FieldProblem::TooHigh),
            ("order_prefix", "SABASABA", FieldProblem::TooLong),
            ("order_prefix", "A1", FieldProblem::Unreadable),
            ("privacy_notice", long.as_str(), FieldProblem::TooLong),
        ] {
            let errors = StoreChange::parse(&filled().with(field, typed)).unwrap_err();
            assert_eq!(errors, FieldErrors::one(field, problem), "{field}");
        }
    }
}
