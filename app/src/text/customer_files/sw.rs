//! The list of customers as a file, in Swahili.

use super::CustomerFileWords;
use duka::customers::bring_in::{BringRefusal as Refusal, Part};

pub const WORDS: CustomerFileWords = CustomerFileWords {
    take_out: "Toa orodha",
    take_out_lead: "Faili ya jedwali: jina, simu, barua pepe, maeneo, lebo, oda, alizotumia kwa shilingi, oda ya kwanza na ya mwisho, na alichosema kuhusu kuandikiwa, pamoja na siku. Inaweza kuingizwa tena.",
    in_it: |count| if count == 1 { "Mteja 1 atakuwamo.".to_owned() } else { format!("Wateja {count} watakuwamo.") },
    words_are: |words| format!("Wanaopatikana kwa “{words}” pekee."),
    group_is: |name| format!("Kundi la “{name}” pekee."),
    only_first: |most| {
        format!("Faili moja hubeba watu {most}: wa kwanza kwenye orodha wamo. Kwa wengine, toa kundi moja moja.")
    },
    with_care: "Hizi ni simu na majina ya watu. Weka faili mahali ambapo mwingine hasomi, na uifute ukimaliza. Inaandikwa kwamba uliitoa.",
    download: "Pakua orodha",
    everybody_instead: "Wote badala yake",
    bring_in: "Ingiza orodha",
    bring_in_lead: "Jedwali la watu lenye namba ya simu kwenye kila mstari. Kwanza hujaribiwa tu: unaona kitakachotokea kabla chochote hakijabadilika.",
    file: "Faili",
    file_hint: "CSV, isiyozidi MiB 2 na mistari 5,000.",
    columns: "Mstari wa kwanza unataja safu: Simu lazima iwepo; Jina, Barua pepe, Eneo na Lebo zinaweza kuwepo. Safu nyingine hazitazamwi. 07…, +254… na 254… ni mtu mmoja.",
    no_consent: "Aliye mpya anaongezwa. Kwa anayejulikana, kilicho kitupu tu ndicho kinajazwa, na lebo zinaongezwa. Ruhusa ya kumwandikia mtu haichukuliwi kamwe kutoka kwenye orodha: muulize mwenyewe.",
    try_it: "Pakia na ujaribu",
    no_file: "Chagua faili kwanza. Hakuna kilichobadilika.",
    too_large: "Faili inazidi MiB 2. Hakuna kilichobadilika. Igawanye na uingize sehemu moja moja.",
    refusal: |refusal| {
        match refusal {
        Refusal::NoPhoneColumn => "Hakuna safu ya faili inayoitwa Simu. Hakuna kilichobadilika. Itaje kwenye mstari wa kwanza na ujaribu tena.".to_owned(),
        Refusal::ColumnTwice(name) => format!("Faili inasema mara mbili sawa na safu yake “{name}”. Hakuna kilichobadilika. Ondoa moja kati ya hizo mbili na ujaribu tena."),
        Refusal::TooManyRows => "Faili ina zaidi ya mistari 5,000. Hakuna kilichobadilika. Igawanye na uingize sehemu moja moja.".to_owned(),
    }
    },
    tried: "Tayari kuingizwa",
    done: "Orodha imeingia",
    would_be: "Hakuna kilichobadilika bado. Itakuwa:",
    sums: |sums| {
        format!(
            "wapya {}, waliojazwa {}, kama awali {}, wasiochukuliwa {}",
            sums.new, sums.filled, sums.same, sums.refused
        )
    },
    nothing_to_do: "Hakuna cha kuingiza.",
    do_it: "Ingiza",
    another: "Faili nyingine",
    not_taken: "Haikuchukuliwa",
    taken: "Mstari kwa mstari",
    first_rows: |count| format!("Mistari {count} ya kwanza."),
    line: |line| format!("Mstari {line}"),
    part: |part| match part {
        Part::Phone => "Simu",
        Part::Name | Part::FirstName | Part::LastName => "Jina",
        Part::Email => "Barua pepe",
        Part::Area => "Eneo",
        Part::Tags => "Lebo",
    },
    new: "Mpya.",
    same: "Kama awali.",
    filled: |parts| format!("Imejazwa: {parts}."),
    kept: |parts| format!("Kuna nyingine tayari nayo inabaki: {parts}."),
    not_a_phone: "Hii si namba ya simu ya mkononi ya Kenya.",
    twice: |line| format!("Mtu huyo huyo yuko kwenye mstari {line}."),
    too_wide: "Mstari una visanduku vingi kuliko safu za faili.",
    leaving: "Mtu huyu aliomba kufutwa, naye haguswi.",
};
