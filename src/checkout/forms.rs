//! What a shopper typed at the checkout → a placement, or what is wrong with which field.

use crate::delivery::zones::Zone;
use crate::kernel::{
    email::Email,
    field_errors::{FieldErrors, FieldProblem, optional_text, required_text},
    phone::Phone,
};
use crate::orders::channel::Channel;
use crate::payments::method::PaymentMethod;
use serde::{Deserialize, Serialize};

/// The fields of `POST /checkout`, as they come. A browser leaves unchecked boxes out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckoutForm {
    #[serde(default)]
    pub idempotency_key: String,
    #[serde(default)]
    pub seen_total_cents: String,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub phone: String,
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub area: String,
    /// Where it goes in the buyer's own words, instead of choosing an area.
    #[serde(default)]
    pub place: String,
    /// What was told of delivery, as the page carried it.
    #[serde(default)]
    pub quote: String,
    /// Not empty when only the price of delivery is asked for.
    #[serde(default)]
    pub ask: String,
    /// One of the places that were offered for what was typed: asks for its price.
    #[serde(default)]
    pub pick: String,
    #[serde(default)]
    pub street: String,
    #[serde(default)]
    pub instructions: String,
    #[serde(default)]
    pub payment_method: String,
    #[serde(default)]
    pub mpesa_phone: String,
    #[serde(default)]
    pub whatsapp_opt_in: String,
}

/// What was typed, kept when the form comes back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckoutValues {
    pub name: String,
    pub phone: String,
    pub email: String,
    pub street: String,
    pub instructions: String,
    pub payment_method: Option<PaymentMethod>,
    pub mpesa_phone: String,
    pub whatsapp_opt_in: bool,
}

/// A checkout form that makes sense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    pub idempotency_key: String,
    /// In minor units, fee included.
    pub seen_total_cents: i64,
    pub name: String,
    pub phone: Phone,
    pub email: Option<Email>,
    /// Empty when it is collected.
    pub street: String,
    pub instructions: Option<String>,
    pub method: PaymentMethod,
    /// The number to prompt; the contact's own unless another was given.
    pub mpesa_phone: Phone,
    pub whatsapp_opt_in: bool,
    /// The shop's pages, unless staff enter it; no form says so.
    pub channel: Channel,
}

impl CheckoutForm {
    /// Reads the form for the area that it is for; every mistake is named at once.
    pub fn parse(&self, zone: Option<&Zone>) -> Result<Placement, FieldErrors> {
        let mut errors = FieldErrors::none();
        let phone = errors.expect("phone", parse_phone(&self.phone));
        let mpesa_phone = match self.mpesa_phone.trim() {
            "" => phone.clone(),
            typed => errors.expect("mpesa_phone", parse_phone(typed)),
        };
        let email = errors.expect(
            "email",
            optional_text(&self.email, 254).and_then(|typed| match typed {
                None => Ok(None),
                Some(typed) => Email::parse(&typed).map(Some).ok_or(FieldProblem::NotAnEmail),
            }),
        );
        let method = errors.expect("payment_method", parse_method(&self.payment_method));
        let name = errors.expect("name", required_text(&self.name, 100));
        if zone.is_none() {
            errors.add("area", FieldProblem::UnknownArea);
        }
        // Who comes to the shop is asked for no address.
        let is_collection = zone.is_some_and(|zone| zone.is_collection);
        let street = if is_collection { Ok(String::new()) } else { required_text(&self.street, 200) };
        let street = errors.expect("street", street);
        let instructions = errors.expect("instructions", optional_text(&self.instructions, 500));
        let key = errors.expect("idempotency_key", required_text(&self.idempotency_key, 100));
        let seen = errors.expect(
            "seen_total_cents",
            self.seen_total_cents.trim().parse::<i64>().map_err(|_| FieldProblem::NotAWholeNumber),
        );
        match (name, phone, email, street, instructions, method, mpesa_phone, key, seen) {
            (
                Some(name),
                Some(phone),
                Some(email),
                Some(street),
                Some(instructions),
                Some(method),
                Some(mpesa_phone),
                Some(idempotency_key),
                Some(seen_total_cents),
            ) if errors.is_empty() => Ok(Placement {
                idempotency_key,
                seen_total_cents,
                name,
                phone,
                email,
                street,
                instructions,
                method,
                mpesa_phone,
                whatsapp_opt_in: !matches!(self.whatsapp_opt_in.as_str(), "" | "0" | "false" | "off"),
                channel: Channel::Web,
            }),
            _ => Err(errors),
        }
    }

    /// What was typed, for the page that comes back.
    pub fn values(&self) -> CheckoutValues {
        CheckoutValues {
            name: self.name.clone(),
            phone: self.phone.clone(),
            email: self.email.clone(),
            street: self.street.clone(),
            instructions: self.instructions.clone(),
            payment_method: PaymentMethod::parse(&self.payment_method),
            mpesa_phone: self.mpesa_phone.clone(),
            whatsapp_opt_in: !matches!(self.whatsapp_opt_in.as_str(), "" | "0" | "false" | "off"),
        }
    }
}

/// The fields of `POST /orders/{token}/pay`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PayForm {
    #[serde(default)]
    pub idempotency_key: String,
    #[serde(default)]
    pub payment_method: String,
    #[serde(default)]
    pub mpesa_phone: String,
}

fn parse_phone(typed: &str) -> Result<Phone, FieldProblem> {
    if typed.trim().is_empty() {
        Err(FieldProblem::Missing)
    } else {
        Phone::parse(typed).ok_or(FieldProblem::NotAPhone)
    }
}

fn parse_method(typed: &str) -> Result<PaymentMethod, FieldProblem> {
    // Whether the shop takes it is known where its accounts are.
    PaymentMethod::parse(typed).ok_or(FieldProblem::UnknownMethod)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled() -> CheckoutForm {
        CheckoutForm {
            idempotency_key: "k1".into(),
            seen_total_cents: "125000".into(),
            name: "Amina Wanjiru".into(),
            phone: "0711 223 344".into(),
            area: "Westlands".into(),
            street: "Mpaka Road, blue gate".into(),
            payment_method: "mpesa_stk".into(),
            ..CheckoutForm::default()
        }
    }

    fn zone(is_collection: bool) -> Zone {
        let row = serde_json::json!({
            "id": "00000000-0000-7000-8000-000000000001", "city_area": "Westlands", "fee_cents": 0, "min_order_cents": 0,
            "is_collection": is_collection, "takes_the_rest": false,
        });
        let row: crate::delivery::zones::ZoneRow = serde_json::from_value(row).expect("a row");
        row.zone(crate::kernel::currency::Currency::Kes)
    }

    #[test]
    fn who_comes_to_the_shop_is_asked_for_no_address_and_everybody_else_is() {
        let form = CheckoutForm { street: " ".into(), ..filled() };
        assert_eq!(form.parse(Some(&zone(true))).map(|placement| placement.street), Ok(String::new()));
        assert_eq!(form.parse(Some(&zone(false))), Err(FieldErrors::one("street", FieldProblem::Missing)));
        assert_eq!(filled().parse(None), Err(FieldErrors::one("area", FieldProblem::UnknownArea)));
    }

    #[test]
    fn the_contact_number_is_prompted_unless_another_is_given() {
        let same = filled().parse(Some(&zone(false))).map(|p| p.mpesa_phone.msisdn().to_owned());
        assert_eq!(same, Ok("254711223344".into()));
        let other = CheckoutForm { mpesa_phone: "0110 000 001".into(), ..filled() }
            .parse(Some(&zone(false)))
            .map(|p| p.mpesa_phone.msisdn().to_owned());
        assert_eq!(other, Ok("254110000001".into()));
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let form = CheckoutForm {
            name: "  ".into(),
            phone: "12345".into(),
            email: "nobody".into(),
            payment_method: "bitcoin".into(),
            seen_total_cents: "abc".into(),
            ..filled()
        };
        let errors = form.parse(Some(&zone(false))).err().unwrap_or_default();
        let named: Vec<_> = errors.iter().collect();
        assert_eq!(
            named,
            [
                ("email", FieldProblem::NotAnEmail),
                ("name", FieldProblem::Missing),
                ("payment_method", FieldProblem::UnknownMethod),
                ("phone", FieldProblem::NotAPhone),
                ("seen_total_cents", FieldProblem::NotAWholeNumber),
            ]
        );
    }
}
