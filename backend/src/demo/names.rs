//! Names of invented people, by language. First and last names are common ones, put together at random.

/// Travellers of one language.
pub struct Group {
    /// Share of travellers, in per mille. Assumed.
    pub weight: u32,
    /// The language as travellers write it; several spellings.
    pub languages: &'static [&'static str],
    /// Where they come from.
    pub country: &'static str,
    /// First names.
    pub first: &'static [&'static str],
    /// Last names.
    pub last: &'static [&'static str],
}

macro_rules! group {
    ($weight:literal, $languages:expr, $country:literal, $first:expr, $last:expr) => {
        Group { weight: $weight, languages: &$languages, country: $country, first: &$first, last: &$last }
    };
}

/// All groups.
pub const GROUPS: [Group; 22] = [
    group!(
        230,
        ["pl", "Polski", "polsk", "Polish", "PL"],
        "Polen",
        ["Łukasz", "Małgorzata", "Paweł", "Zbigniew", "Agnieszka", "Grażyna", "Krzysztof", "Żaneta"],
        [
            "Wiśniewska",
            "Kowalczyk",
            "Zieliński",
            "Dąbrowski",
            "Szczepańska",
            "Brzęczyszczykiewicz",
            "Nowak",
            "Wójcik"
        ]
    ),
    group!(
        90,
        ["lt", "Lietuvių", "litauisk"],
        "Litauen",
        ["Rūta", "Žygimantas", "Šarūnas", "Eglė", "Jūratė", "Vytautas"],
        ["Kazlauskas", "Petrauskienė", "Žukauskas", "Jankauskaitė", "Stankevičius", "Butkus"]
    ),
    group!(
        70,
        ["ro", "Română", "rumensk"],
        "Romania",
        ["Ștefan", "Ioana", "Ionuț", "Andreea", "Mădălina", "Gheorghe"],
        ["Popescu", "Țăranu", "Munteanu", "Dumitrașcu", "Stănescu", "Radu"]
    ),
    group!(
        110,
        ["nb", "norsk", "nb-NO", "Norsk", "no"],
        "Spania",
        ["Kåre", "Bjørg", "Åse", "Øyvind", "Ingrid", "Pål", "Marte-Sofie", "Jørgen"],
        ["Fjellstø", "Ødegård", "Bråten", "Lægreid", "Østbø", "Hæstad-Vik", "Nygård", "Aasen"]
    ),
    group!(
        20,
        ["nn", "nynorsk"],
        "Danmark",
        ["Sjur", "Gunnhild", "Oddveig", "Torbjørn"],
        ["Eikeland", "Førde", "Haugsvær", "Skårheim"]
    ),
    group!(
        80,
        ["en", "English", "engelsk", "en-GB"],
        "Storbritannia",
        ["Oliver", "Siân", "Róisín", "Amelia", "Harry", "Zoë"],
        ["O'Hara-Whitfield", "Featherstonehaugh", "Smith", "Okafor", "MacAulay", "Patel"]
    ),
    group!(
        60,
        ["sv", "Svenska", "svensk"],
        "Sverige",
        ["Göran", "Åsa", "Märta", "Björn", "Elsa", "Håkan"],
        ["Sjöström", "Ångström", "Lindqvist", "Hägg", "Östberg", "Ek"]
    ),
    group!(
        30,
        ["da", "dansk"],
        "Danmark",
        ["Søren", "Mette", "Jørn", "Bodil"],
        ["Kjær", "Mølgaard", "Rasmussen", "Sørensen"]
    ),
    group!(
        35,
        ["de", "Deutsch", "tysk"],
        "Tyskland",
        ["Jürgen", "Käthe", "Lena", "Björn-Ole"],
        ["Groß", "Müller-Lüdenscheidt", "Schröder", "Weiß"]
    ),
    group!(
        35,
        ["ru", "Русский", "russisk"],
        "Russland",
        ["Иван", "Ольга", "Dmitrij", "Светлана", "Yevgeniya"],
        ["Соколова", "Кузнецов", "Lebedev", "Новикова", "Shcherbakov"]
    ),
    group!(
        35,
        ["uk", "Українська", "ukrainsk"],
        "Ukraina",
        ["Олена", "Тарас", "Yuliia", "Богдан"],
        ["Шевчук", "Ткаченко", "Bondarenko", "Гриценко"]
    ),
    group!(
        30,
        ["lv", "Latviešu", "latvisk"],
        "Latvia",
        ["Jānis", "Līga", "Ģirts", "Inese"],
        ["Bērziņš", "Kalniņa", "Ozoliņš", "Liepa"]
    ),
    group!(
        20,
        ["et", "Eesti"],
        "Estland",
        ["Õnne", "Jüri", "Ülle", "Märt"],
        ["Põld", "Mägi", "Kõiv", "Tamm"]
    ),
    group!(
        20,
        ["bg", "Български", "bulgarsk"],
        "Bulgaria",
        ["Георги", "Desislava", "Стоян"],
        ["Петрова", "Dimitrov", "Ангелов"]
    ),
    group!(
        25,
        ["ar", "العربية", "arabisk"],
        "Irak",
        ["محمد", "Fatima", "يوسف", "Noor"],
        ["الحسن", "Al-Jabbouri", "خليل", "Haddad"]
    ),
    group!(
        20,
        ["ur", "اردو", "urdu"],
        "Pakistan",
        ["عائشہ", "Imran", "Zainab", "Bilal"],
        ["خان", "Chaudhry", "Malik", "Qureshi"]
    ),
    group!(
        15,
        ["so", "Soomaali", "somali"],
        "Somalia",
        ["Cabdi", "Faadumo", "Xasan", "Hodan"],
        ["Maxamed Cali", "Warsame", "Jaamac", "Nuur"]
    ),
    group!(
        15,
        ["es", "Español", "spansk"],
        "Spania",
        ["Íñigo", "María José", "Begoña"],
        ["Núñez de la Peña", "Ibáñez", "García"]
    ),
    group!(
        15,
        ["fr", "Français"],
        "Frankrike",
        ["Zoé", "François-Xavier", "Maël"],
        ["Lefèvre", "d'Aboville", "Noël"]
    ),
    group!(
        15,
        ["tr", "Türkçe", "tyrkisk"],
        "Tyrkia",
        ["Gökçe", "İbrahim", "Şule"],
        ["Yıldız", "Çağlar", "Öztürk"]
    ),
    group!(
        15,
        ["vi", "Tiếng Việt"],
        "Vietnam",
        ["Thị Hồng Nhung", "Văn Đức", "Minh Tú"],
        ["Nguyễn", "Đặng", "Trần"]
    ),
    group!(
        15,
        ["tl", "Tagalog", "filipino"],
        "Filippinene",
        ["Ma. Cristina", "Jun-Jun", "Rogelio"],
        ["dela Cruz", "Bañez", "Santos-Macaraeg"]
    ),
];

/// Names that break forms: one word, one letter, very long, with marks of their own.
pub const ODD: [(&str, &str); 7] = [
    ("Suharno", ""),
    ("", "Ngawang"),
    ("O", "Ng"),
    (
        "Maria Aurora Concepción de los Ángeles Guadalupe",
        "Fernández de Córdoba y Álvarez de Toledo-Villaseñor",
    ),
    ("JEAN-PIERRE", "LE GUENNEC"),
    ("anne  lise", "hansen "),
    ("Null", "True"),
];

/// Employers: invented names; the first is the one that offends again and again.
pub const EMPLOYERS: [&str; 16] = [
    "Gjenganger Bygg AS",
    "Nordlys Fiskeforedling AS",
    "Vestvind Verft AS",
    "Bjørk & Bark Skogsdrift",
    "Fjordperle Lakseoppdrett AS",
    "Granitt Stein og Anlegg AS",
    "Solside Jordbær DA",
    "Tinde Tunnel AS",
    "Havgul Offshore AS",
    "Rask Renhold AS",
    "Oppdiktet Elektro AS",
    "Ståldrøm Montasje AS",
    "Midnattsol Transport AS",
    "Kystperla Hotelldrift AS",
    "Blåbær Bemanning AS",
    "Skrått Tak og Blikk AS",
];

/// Quarantine hotels: invented names.
pub const HOTELS: [&str; 8] = [
    "Karantenehotell Fyrlykten",
    "Hotell Blåtimen",
    "Grand Hotell Oppdiktet",
    "Fjellstua Hotell",
    "Hotell Havgløtt",
    "Ankerplassen Hotell",
    "Rutebilhotellet",
    "Hotell Nordstjerna",
];

/// Streets: invented or as common as names of streets can be.
pub const STREETS: [&str; 14] = [
    "Storgata",
    "Bjørkeveien",
    "Skolegata",
    "Åsveien",
    "Øvregata",
    "Granstien",
    "Sjøgata",
    "Kirkeveien",
    "Blåklokkevegen",
    "Industrivegen",
    "Havnegata",
    "Fjellvegen",
    "Tyttebærstien",
    "Jernbanegata",
];
