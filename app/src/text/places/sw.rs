//! Where an order goes, in Swahili.

use super::PlaceWords;

pub static WORDS: PlaceWords = PlaceWords {
    place: "Au andika ulipo",
    place_hint: "Mtaa, mji au alama ya karibu, kama Rongai au Yaya Centre.",
    found: |said, area| format!("“{said}” iko katika eneo letu la {area}."),
    which: "Unamaanisha ipi kati ya hizi?",
    choose: "Chagua mtaa",
    not_there: |place| {
        format!("Bado hatufiki {place}. Chagua mtaa unaoweza kufika, au tuulize tuone tutakavyokusaidia.")
    },
    unknown: "Hatujui mahali hapa. Andika mtaa au mji wako, au chagua kwa orodha.",
    nowhere: "Kwa sasa duka hili halipeleki popote, kwa hivyo haliwezi kupokea agizo hapa. Kikapu chako kimehifadhiwa. Uliza duka:",
    later: |days| if days == 1 { "kesho".to_owned() } else { format!("baada ya siku {days}") },
    more_areas_from: |count, least| {
        if least.is_zero() {
            format!("Tunafika mitaa {count}, mingine bure; utachagua wako ukiagiza")
        } else {
            format!("Tunafika mitaa {count}, kuanzia {least}; utachagua wako ukiagiza")
        }
    },
    from_price: |price| format!("Kuanzia {price}"),
    due: |due| {
        let day = match due.in_days {
            0 => "leo".to_owned(),
            1 => "kesho".to_owned(),
            _ => format!("tarehe {}", due.day),
        };
        match &due.hour {
            Some(hour) => format!("{day}, kama saa {hour}"),
            None => day,
        }
    },
    order_before: |hour| format!("ukiagiza kabla ya {hour}"),
    holds_until: |hour| format!("Bei hii ni yako hadi {hour}."),
    collect: "Utaichukua dukani kwetu, kwa hivyo hatuhitaji anwani. Tutakuambia ikiwa tayari.",
    collect_from_agent: "Utachukua kifurushi chako kwa wakala huyu, kwa hivyo hatuhitaji anwani. Tutakupa nambari yake kikianza safari; njoo na simu yako.",
    fee_changed: |area, seen, now| format!("Kuletewa {area} sasa ni {now}. Ilikuwa {seen}."),
    arrival_changed: |area, time| format!("Oda ya {area} sasa itafika: {time}."),
    unpriced: |area, fee| {
        if fee.is_zero() { format!("Kuletewa {area} ni bure.") } else { format!("Kuletewa {area} ni {fee}.") }
    },
};
