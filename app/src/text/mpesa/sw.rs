//! The M-Pesa settings' further words in Swahili.

use super::{AddressProblem, Light, MpesaWords};

pub const WORDS: MpesaWords = MpesaWords {
    operator: "Mwendeshaji wa API",
    operator_text: "Kwa huyu Duka huuliza M-Pesa kuhusu misimbo ambayo wateja wanaandika, na hurudisha pesa. Mtengeneze kwenye tovuti ya M-Pesa ya biashara, na majukumu ya hali ya muamala, salio na kurudisha pesa.",
    operator_labels: &[("initiator_name", "Jina la mwendeshaji"), ("initiator_password", "Nenosiri la mwendeshaji")],
    operator_set: |name| format!("Yupo: {name}."),
    operator_missing: "Hayupo: misimbo ambayo wateja wanaandika unaiangalia mwenyewe.",
    password_set: "Nenosiri lipo; halionyeshwi kamwe. Andika jipya kulibadilisha.",
    password_until: |day| format!("Badilisha nenosiri kabla ya {day}: M-Pesa hulikubali kwa siku 90."),
    password_ends_soon: |day| {
        format!(
            "M-Pesa italikubali nenosiri hili hadi {day}. Weka jipya kwenye tovuti ya M-Pesa, kisha uliandike hapa."
        )
    },
    password_over: |day| {
        format!(
            "M-Pesa ililikubali nenosiri hili hadi {day}. Weka jipya kwenye tovuti ya M-Pesa, kisha uliandike hapa."
        )
    },

    addresses: "Pesa zinazolipwa kwa mkono",
    addresses_text: "Mtu akilipa nambari yako kutoka menyu ya M-Pesa, M-Pesa inaweza kuambia Duka papo hapo. Kwa hilo inahitaji anwani za Duka.",
    register: "Sajili anwani",
    light: |light| match light {
        Light::Off => "Hazijasajiliwa",
        Light::Waiting => "Zimesajiliwa, hakuna kilichosikika bado",
        Light::Good => "Zinafanya kazi",
        Light::Bad => "Hazifanyi kazi",
    },
    registered_at: |time| format!("Zilisajiliwa {time}."),
    heard_at: |time| format!("M-Pesa iliarifu pesa mara ya mwisho {time}."),
    heard_never: "M-Pesa haijaarifu pesa zozote bado.",
    problem: |problem| match problem {
        AddressProblem::NotReached => {
            "M-Pesa haikupatikana. Hakuna kilichosajiliwa. Jaribu tena baada ya dakika chache."
        }
        AddressProblem::Unclear => {
            "M-Pesa haikujibu waziwazi. Huenda anwani zimesajiliwa au la. Bonyeza kitufe tena; mara mbili hakuna ubaya."
        }
        AddressProblem::Busy => {
            "M-Pesa ina shughuli nyingi. Hakuna kilichosajiliwa. Jaribu tena baada ya dakika chache."
        }
        AddressProblem::BadSettings => {
            "M-Pesa haikubali funguo kwa jambo hili. Hakuna kilichosajiliwa. Angalia kwenye tovuti ya Daraja kama programu yako ina M-Pesa C2B, kisha ulinganishe funguo zilizo hapo juu."
        }
        AddressProblem::Refused => {
            "M-Pesa imekataa nambari hii. Hakuna kilichosajiliwa. Uliza Safaricom kama C2B imewashwa kwa paybill au till yako."
        }
        AddressProblem::KnownBefore => {
            "M-Pesa tayari ina anwani za nambari hii, huenda za programu nyingine. Zifute kwenye tovuti ya Daraja chini ya URL management. Kisha bonyeza kitufe tena."
        }
    },
    next_wait: "Lipa KSh 1 kwa nambari yako kwa mkono uone kama M-Pesa itaarifu.",
    list_registered: |time| format!("Orodha ya M-Pesa yenyewe inaweza kuulizwa tangu {time}."),
    list_missing: "Orodha ya M-Pesa yenyewe haiwezi kuulizwa bado. Husajiliwa pamoja na anwani, akaunti ikishajaribiwa kwa KSh 1.",

    balance: "Salio",
    balance_text: "Pesa zilizo kwenye akaunti yako ya M-Pesa, kama M-Pesa inavyosema.",
    balance_needs_operator: "Ili kuliuliza, weka mwendeshaji wa API.",
    ask_balance: "Uliza salio",
    balance_asking: "M-Pesa inaulizwa. Ukurasa huu utaangalia tena wenyewe.",
    balance_at: |time| format!("Ilivyokuwa {time}"),
    balance_problem: |word| match word {
        "bad_settings" => "M-Pesa haikubali funguo za akaunti au mwendeshaji. Zilinganishe na tovuti.",
        "operator_credential" => "Jina au nenosiri la mwendeshaji si sahihi. Andika yote tena.",
        "operator_locked" => {
            "Mwendeshaji amefungwa. Mfungue kwenye tovuti ya M-Pesa, kisha uandike nenosiri lake hapa."
        }
        "operator_role" => "Mwendeshaji haruhusiwi kuuliza salio. Mpe jukumu hilo kwenye tovuti ya M-Pesa.",
        "no_operator" => "Hakuna mwendeshaji wa API. Mweke hapo juu.",
        "no_answer" => "M-Pesa haijajibu. Uliza tena baadaye.",
        _ => "M-Pesa haikukubali swali. Uliza tena baadaye.",
    },
};
