//! To whom a parcel is given and for how much, as the form says it.

use crate::{
    catalog::price_form::parse_price,
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::{
        currency::Currency,
        field_errors::{FieldErrors, FieldProblem, required_line},
        id::RiderId,
        money::Money,
        phone::Phone,
        typed::Typed,
    },
};

/// The fields of the form.
pub const HANDING_FIELDS: [&str; 4] = ["rider", "name", "phone", "cost"];
pub const LONGEST_NAME: usize = 60;

/// Who takes the parcel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rider {
    Known(RiderId),
    /// Somebody new, or known by this phone already.
    Named {
        name: String,
        phone: Phone,
    },
}

/// What the form says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handing {
    pub rider: Rider,
    /// What the rider gets for one parcel; zero when nobody said.
    pub cost: Money,
}

impl Handing {
    /// Reads the form; every mistake is named at once.
    pub fn read(typed: &Typed) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::none();
        let cost = match typed.get("cost").trim() {
            "" | "0" => Some(Money::zero(Currency::Kes)),
            cost => errors.expect("cost", parse_price(cost, Currency::Kes)),
        };
        // Somebody who was typed is meant, whoever is still chosen above.
        let is_named = !typed.get("name").trim().is_empty() || !typed.get("phone").trim().is_empty();
        let rider = match typed.get("rider") {
            chosen if chosen.is_empty() || is_named => {
                let name = errors.expect("name", required_line(typed.get("name"), LONGEST_NAME));
                let phone = match typed.get("phone").trim() {
                    "" => Err(FieldProblem::Missing),
                    phone => Phone::parse(phone).ok_or(FieldProblem::NotAPhone),
                };
                let phone = errors.expect("phone", phone);
                name.zip(phone).map(|(name, phone)| Rider::Named { name, phone })
            }
            known => {
                let known = RiderId::parse(known).ok_or(FieldProblem::UnknownChoice);
                errors.expect("rider", known).map(Rider::Known)
            }
        };
        match (rider, cost) {
            (Some(rider), Some(cost)) if errors.is_empty() => Ok(Self { rider, cost }),
            _ => Err(errors),
        }
    }
}

/// The rider of the shop's own that is meant; somebody new is written down, and a phone is one rider.
pub(super) async fn find_rider(ctx: &Ctx, tx: &mut TenantTx, rider: &Rider) -> Result<RiderId, AppError> {
    let found = match rider {
        Rider::Known(rider) => {
            sqlx::query_scalar!(
                "select id
                 from delivery_partners
                 where tenant_id = $1
                   and id = $2
                   and provider = 'manual'
                   and phone is not null
                   and is_active",
                tx.tenant(),
                rider.uuid()
            )
            .fetch_optional(tx.conn())
            .await?
        }
        Rider::Named { name, phone } => {
            let id = sqlx::query_scalar!(
                "insert into delivery_partners (tenant_id, id, name, provider, phone, created_at, updated_at)
                 values ($1, $2, $3, 'manual', $4, $5, $5)
                 on conflict (tenant_id, phone) where phone is not null
                 do update set name = excluded.name, is_active = true, updated_at = excluded.updated_at
                 returning id",
                tx.tenant(),
                RiderId::mint().uuid(),
                name,
                phone.as_str(),
                ctx.now()
            )
            .fetch_one(tx.conn())
            .await?;
            Some(id)
        }
    };
    found.map(Into::into).ok_or_else(|| AppError::Invalid(FieldErrors::one("rider", FieldProblem::UnknownChoice)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled() -> Typed {
        Typed::default().with("name", "Otieno Okoth").with("phone", "0722 000 111").with("cost", "150")
    }

    #[test]
    fn somebody_new_and_somebody_known_are_understood() {
        let new = Handing::read(&filled()).unwrap();
        assert_eq!(new.cost, Money::shillings(150));
        assert!(
            matches!(&new.rider, Rider::Named { name, phone } if name == "Otieno Okoth" && phone.as_str() == "+254722000111")
        );
        let id = "01890a5d-ac96-774b-bcce-b302099a8057";
        let known = Handing::read(&Typed::default().with("rider", id).with("name", "")).unwrap();
        assert_eq!(known, Handing { rider: Rider::Known(RiderId::parse(id).unwrap()), cost: Money::shillings(0) });
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        for (field, value, problem) in [
            ("name", " ", FieldProblem::Missing),
            ("name", "a\nb", FieldProblem::Unreadable),
            ("phone", "", FieldProblem::Missing),
            ("phone", "12345", FieldProblem::NotAPhone),
            ("cost", "-5", FieldProblem::NotAPrice),
            ("cost", "a lot", FieldProblem::NotAPrice),
        ] {
            let errors = Handing::read(&filled().with(field, value)).unwrap_err();
            assert_eq!(errors, FieldErrors::one(field, problem), "{field} {value}");
        }
        let nobody = Handing::read(&Typed::default().with("rider", "Otieno"));
        assert_eq!(nobody, Err(FieldErrors::one("rider", FieldProblem::UnknownChoice)));
    }

    #[test]
    fn who_is_typed_goes_before_who_was_chosen_last() {
        let id = "01890a5d-ac96-774b-bcce-b302099a8057";
        let both = Handing::read(&filled().with("rider", id)).unwrap();
        assert!(matches!(&both.rider, Rider::Named { name, .. } if name == "Otieno Okoth"));
        let half = Handing::read(&Typed::default().with("rider", id).with("name", "Kamau")).unwrap_err();
        assert_eq!(half, FieldErrors::one("phone", FieldProblem::Missing));
    }
}
