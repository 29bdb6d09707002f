//! At the door in Swahili.

use super::RiderWords;

pub static WORDS: RiderWords = RiderWords {
    title: |number| format!("Oda {number}"),
    collect: |missing| format!("Pokea {missing}"),
    paid: "Imelipwa",
    paid_text: "Hakuna zaidi cha kupokea. Unaweza kumpa mzigo.",
    send_prompt: "Tuma ombi la malipo",
    send_again: "Tuma ombi tena",
    prompt_text: |phone| format!("M-Pesa itaomba PIN kwenye {phone}."),
    other_phone: "Simu nyingine",
    other_phone_hint: "Acha tupu kwa simu ya mnunuzi mwenyewe.",
    waiting: |phone| format!("Tumetuma ombi kwa {phone}. Ngoja hadi ukurasa huu useme imelipwa."),
    failed: "Ombi la mwisho halikuleta pesa. Tuma tena, au pokea pesa taslimu.",
    look_again: "Angalia tena",
    got_cash: "Nimepokea pesa taslimu",
    cash_text: "Zile tu zilizo mkononi mwako. Duka linazihesabu.",
    amount: "Kiasi (KSh)",
    to_whom: "Kwa",
    call: |phone| format!("Piga {phone}"),
    no_prompt: "Duka hili halitumi maombi ya M-Pesa. Pokea pesa taslimu, au piga simu dukani.",
    prompt_open: "Kuna ombi tayari kwenye simu. Lingoje, au mnunuzi alighairi.",
    pause: |seconds| format!("M-Pesa inaomba pumziko. Tuma tena baada ya sekunde {seconds}."),
    recorded: "Imeandikwa. Duka linaiona sasa.",
    gone: "Kiungo hiki hakifanyi kazi",
    gone_text: "Kimekwisha, au kingine kimechukua nafasi yake. Hakuna kilichotumwa wala kuandikwa. Omba kingine dukani.",
};
