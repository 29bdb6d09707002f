//! The network: areas, places in them, an agent in each, and what a parcel between two agents costs.

/// Numbers and names of areas.
pub const AREAS: [(u64, &str); 4] = [(1, "CBD"), (2, "Westlands"), (3, "Rongai"), (4, "Thika Road")];

/// Number, area and name of places.
pub const LOCATIONS: [(u64, u64, &str); 8] = [
    (11, 1, "Moi Avenue"),
    (12, 1, "Luthuli Avenue"),
    (21, 2, "Mpaka Road"),
    (22, 2, "Kangemi"),
    (31, 3, "Tumaini"),
    (32, 3, "Maasai Mall"),
    (41, 4, "Roysambu"),
    (42, 4, "Githurai 45"),
];

/// Number, place and name of agents.
pub const AGENTS: [(u64, u64, &str); 10] = [
    (41, 11, "Star Mall Shop B12"),
    (102, 11, "Jirani Mini Mart"),
    (103, 12, "Sawa Phones"),
    (201, 21, "Mpaka Cyber"),
    (202, 22, "Mama Shiru Shop"),
    (301, 31, "Tumaini Chemist"),
    (302, 32, "Maasai Stationers"),
    (307, 32, "Rongai Parcel Point"),
    (401, 41, "TRM Kiosk 4"),
    (402, 42, "Baraka Cyber"),
];

fn area_of(agent: u64) -> Option<u64> {
    let (_, place, _) = AGENTS.iter().find(|(number, ..)| *number == agent)?;
    LOCATIONS.iter().find(|(number, ..)| number == place).map(|(_, area, _)| *area)
}

/// Whole shillings; none when one of the two is no agent.
pub fn price(sender: u64, receiver: u64) -> Option<u64> {
    let (from, to) = (area_of(sender)?, area_of(receiver)?);
    Some(match (from == to, from == 3 || to == 3) {
        (true, _) => 100,
        (false, false) => 180,
        (false, true) => 240,
    })
}

pub fn agent_name(agent: u64) -> &'static str {
    AGENTS.iter().find(|(number, ..)| *number == agent).map_or("nobody", |(.., name)| name)
}
