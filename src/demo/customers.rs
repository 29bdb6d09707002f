//! The people who bought: names, invented numbers, and the one place each has things brought to.

use super::{
    chance::{Chance, fixed_id},
    files::People,
    goods::Area,
    past_rows::{AddressRow, CustomerRow, Past},
};
use crate::kernel::phone::Phone;
use chrono::{DateTime, Utc};
use uuid::Uuid;

#[derive(Clone, Debug)]
pub(super) struct Customer {
    pub id: Uuid,
    pub first: String,
    pub last: String,
    /// As stored.
    pub phone: String,
    pub email: Option<String>,
    pub area: String,
    pub street: String,
    pub instructions: Option<String>,
    whatsapp: bool,
    first_at: Option<DateTime<Utc>>,
    last_at: Option<DateTime<Utc>>,
    value_cents: i64,
}

pub(super) fn make_customers(
    slug: &str,
    people: &People,
    areas: &[Area],
    count: usize,
    chance: &mut Chance,
) -> Vec<Customer> {
    // Only areas with known streets, and those near the shop most.
    let known: Vec<&Area> = areas.iter().filter(|area| people.places.contains_key(&area.area)).collect();
    let mut customers: Vec<Customer> = Vec::new();
    for n in 0..count {
        let names = if chance.percent(60) { &people.first_names.women } else { &people.first_names.men };
        let (first, last) = (chance.pick(names).clone(), chance.pick(&people.last_names).clone());
        let pattern = chance.pick(&people.phone_patterns);
        // Different last digits for everybody.
        let Some(phone) = Phone::parse(&pattern.replace("xxx", &format!("{:03}", 100 + n))) else { continue };
        let area = if known.is_empty() { String::new() } else { known[chance.front_index(known.len())].area.clone() };
        let street = people.places.get(&area).map_or_else(|| area.clone(), |streets| chance.pick(streets).clone());
        let email = chance.percent(45).then(|| {
            format!("{}.{}@{}", first.to_lowercase(), last.to_lowercase().replace('\'', ""), people.email_domain)
        });
        customers.push(Customer {
            id: fixed_id(&format!("customers/{slug}/{n}")),
            phone: phone.as_str().to_owned(),
            email,
            street: format!("{}, {}, {street}", chance.pick(&people.buildings), chance.pick(&people.doors)),
            instructions: chance.percent(40).then(|| chance.pick(&people.notes).clone()),
            whatsapp: chance.percent(50),
            first,
            last,
            area,
            first_at: None,
            last_at: None,
            value_cents: 0,
        });
    }
    customers
}

impl Customer {
    pub(super) fn name(&self) -> String {
        format!("{} {}", self.first, self.last)
    }

    /// An order of this person; `paid_cents` without what was given back.
    pub(super) fn remember(&mut self, at: DateTime<Utc>, paid_cents: i64) {
        self.first_at.get_or_insert(at);
        self.last_at = Some(at);
        self.value_cents += paid_cents;
    }

    /// Whoever never bought is not known to the shop.
    pub(super) fn write(self, past: &mut Past) {
        let Some(created_at) = self.first_at else { return };
        past.addresses.push(AddressRow {
            customer_id: self.id,
            city_area: self.area.clone(),
            street_address: self.street,
            instructions: self.instructions,
            created_at,
        });
        past.customers.push(CustomerRow {
            id: self.id,
            phone: self.phone,
            email: self.email,
            first_name: self.first,
            last_name: self.last,
            whatsapp_opt_in: self.whatsapp,
            city_area: self.area,
            lifetime_value_cents: self.value_cents,
            last_order_at: self.last_at,
            created_at,
        });
    }
}
