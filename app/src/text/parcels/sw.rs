//! An order's parcel, in Swahili.

use super::{ParcelStage, ParcelState, ParcelWords, Problem, Stage};

pub static WORDS: ParcelWords = ParcelWords {
    title: "Kifurushi",
    title_of: |number| format!("Kifurushi cha oda {number}"),
    lead: |area| format!("Kinaenda: {area}"),
    tries: "Yaliyofanyika",
    none_yet: "Bado hakuna aliye na kifurushi hiki.",
    stage: |stage| match stage {
        Stage::Asked | Stage::Asking => "Kinaandikishwa",
        Stage::Waiting(_) => "Bado hakijaandikishwa",
        Stage::Failed(_) => "Hakikuandikishwa",
        Stage::GivenUp { .. } => "Kimeachwa",
        Stage::Booked(ParcelState::Booked) => "Kimeandikishwa",
        Stage::Booked(ParcelState::OnTheWay) => "Kiko njiani",
        Stage::Booked(ParcelState::Delivered) => "Kimefika",
        Stage::Booked(ParcelState::Cancelled) => "Hakikufika",
    },
    advice: |stage| match stage {
        Stage::Asked | Stage::Asking => Some("Tunakiandikisha sasa. Angalia tena baada ya muda mfupi."),
        Stage::Waiting(Problem::Unclear) => Some(
            "Pickup Mtaani ilikatika katikati. Tunaangalia kwanza kama ina kifurushi kabla ya kuomba tena. Kama huwezi kungoja, angalia akaunti yako kwao kwanza, kisha andika mwenyewe hapa chini.",
        ),
        Stage::Waiting(_) => Some(
            "Pickup Mtaani haipatikani. Tutajaribu tena wenyewe kwa dakika kumi hivi. Kama huwezi kungoja, andika mwenyewe hapa chini.",
        ),
        Stage::Failed(Problem::NotReached) => Some(
            "Pickup Mtaani haikupatikana, na hakuna kilichoandikishwa. Jaribu tena baadaye, au peleka kifurushi mahali pengine na uandike nambari yake hapa chini.",
        ),
        Stage::Failed(Problem::NotAccepted) => Some(
            "Pickup Mtaani haikubali ufunguo wako, na hakuna kilichoandikishwa. Mwenye duka anaweza kuubadilisha kwenye Mipangilio. Kwa sasa peleka kifurushi mwenyewe na uandike nambari yake hapa chini.",
        ),
        Stage::Failed(Problem::Refused) => Some(
            "Pickup Mtaani imekataa kifurushi hiki, na hakuna kilichoandikishwa. Chagua wakala mwingine, au kipeleke mwenyewe na uandike nambari yake hapa chini.",
        ),
        Stage::Failed(Problem::Unclear) => Some(
            "Pickup Mtaani haikujibu, na huenda ina kifurushi hata hivyo. Angalia akaunti yako kwao: kama kipo, andika nambari yake hapa chini; kama hakipo, kiandikishe tena.",
        ),
        Stage::GivenUp { is_unclear: true } => {
            Some("Huenda Pickup Mtaani ina hiki hata hivyo. Kifute kwenye akaunti yako kwao ili usilipe mara mbili.")
        }
        Stage::Booked(ParcelState::Booked) => {
            Some("Andika nambari kwenye kifurushi na ukikabidhi. Mnunuzi anaiona nambari kwenye ukurasa wa oda.")
        }
        Stage::Booked(ParcelState::Cancelled) => Some("Kilifutwa au kilirudi. Kiandikishe tena kikiwa tayari kutumwa."),
        Stage::Booked(_) | Stage::GivenUp { is_unclear: false } => None,
    },
    given_away: "Mnunuzi anaiona nambari kwenye ukurasa wa oda. Sema hapa chini kilipo.",
    partner_said: |said| format!("Walisema: “{said}”"),
    code: "Nambari",
    cost: |cost| format!("unalipa {cost}"),
    to_agent: "Pa kuchukulia",
    look_again: "Angalia tena",
    book_title: "Andikisha na Pickup Mtaani",
    book_lead: "Nambari inakuja yenyewe. Ukibonyeza mara mbili bado ni kifurushi kimoja.",
    agent: "Wakala",
    no_agent: "Chagua wakala",
    book: "Andikisha kifurushi",
    unpaid: "Wakala hakusanyi pesa kwa niaba yako, kwa hivyo kifurushi kinaandikishwa oda ikishalipwa.",
    by_hand_title: "Andika mwenyewe",
    by_hand_lead: "Umekipa basi, kampuni ya mizigo au ofisi mwenyewe: andika ni nani, na nambari au risiti uliyopewa.",
    carrier: "Aliye nacho",
    carrier_hint: "Kama Easy Coach, G4S au Pickup Mtaani",
    typed_code: "Nambari ya kifurushi au risiti",
    code_hint: "Mnunuzi anaiona kwenye ukurasa wa oda",
    typed_cost: "Kimekugharimu KSh ngapi",
    cost_hint: "Kwa hesabu zako; mnunuzi haoni",
    write_down: "Andika",
    where_title: "Kiko wapi?",
    say: |state| match state {
        ParcelState::Booked => "Kimeandikishwa",
        ParcelState::OnTheWay => "Kiko njiani",
        ParcelState::Delivered => "Mnunuzi amekipata",
        ParcelState::Cancelled => "Kimerudi",
    },
    yours: "Kifurushi chako",
    with_carrier: |carrier| format!("Kiko na {carrier}, kwa nambari"),
    pick_up_at: |agent| format!("Kichukue kwa {agent}."),
    where_it_is: |stage, is_at_agent| match (stage, is_at_agent) {
        (ParcelStage::Booked, _) => "Kimeandikishwa na kiko karibu kukabidhiwa.",
        (ParcelStage::OnTheWay, true) => "Kiko njiani kwenda kwa wakala, atakayekuambia kwa SMS kikifika.",
        (ParcelStage::OnTheWay, false) => "Kiko njiani kuja kwako.",
        (ParcelStage::Delivered, true) => "Kimechukuliwa.",
        (ParcelStage::Delivered, false) => "Kimefika.",
    },
};
