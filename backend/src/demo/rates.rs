//! All figures of the demo, and where each comes from. Those marked "assumed" are invented for the demo and
//! say nothing about real travellers.

use events::call::{Assessment, BreachGround, ContactResult};

/// Registered entries a day, by ISO week of 2021. From the statistics page of DSB (Direktoratet for
/// samfunnssikkerhet og beredskap) as of 2021-12-01: means of a week; the last one is the 24 hours before.
/// Weeks between are interpolated.
pub const ENTRIES_PER_DAY: [(i8, u32); 23] = [
    (1, 8_101),
    (2, 5_892),
    (3, 5_260),
    (4, 4_063),
    (5, 2_926),
    (6, 3_091),
    (7, 3_697),
    (8, 3_975),
    (9, 4_478),
    (10, 4_610),
    (11, 4_686),
    (12, 4_905),
    (13, 3_354),
    (20, 5_337),
    (24, 8_811),
    (27, 13_812),
    (29, 16_416),
    (30, 18_456),
    (31, 19_508),
    (32, 10_758),
    (36, 3_798),
    (40, 1_957),
    (48, 40_639),
];

/// How the registrations of a day fall on its hours in Norwegian time: three waves. Assumed; the busiest hour
/// has some 15 % of the day, as estimates of border traffic say.
pub const HOURS: [u32; 24] =
    [6, 4, 3, 3, 5, 12, 40, 62, 55, 38, 34, 40, 70, 62, 48, 80, 148, 92, 60, 48, 36, 24, 18, 12];

/// Kinds of party, in per mille of parties. Assumed; the source tells counts only.
pub const PARTIES: [(super::party::Kind, u32); 5] = [
    (super::party::Kind::Single, 480),
    (super::party::Kind::Couple, 120),
    (super::party::Kind::Family, 190),
    (super::party::Kind::Crew, 140),
    (super::party::Kind::Commuter, 70),
];
/// Mean number of travellers of a party that follows from the above; it sets the pace.
pub const MEAN_PARTY: f64 = 2.485;
/// Members of a family and of a work crew, at least and at most. Assumed.
pub const FAMILY: (u64, u64) = (3, 6);
/// See [`FAMILY`].
pub const CREW: (u64, u64) = (3, 9);
/// Per mille of crews that work for the employer who offends again and again. Assumed.
pub const CREWS_OF_THE_REPEAT_OFFENDER: u32 = 150;
/// Trips of one commuter in the days that follow. The year 2021 had 1.54 trips a person (DSB); who makes
/// the further ones is assumed.
pub const COMMUTER_TRIPS: (u64, u64) = (1, 4);

/// Per mille of registrations made ahead of arrival, at most [`AHEAD_HOURS_MAX`] (the regulation's limit). The
/// share is assumed.
pub const AHEAD: u32 = 420;
/// Registration opens 72 h before arrival: § 5b of the covid-19 regulation.
pub const AHEAD_HOURS_MAX: u64 = 72;

/// Identities of a party's members, in per mille. That fewer than half log in with ID-porten is from the
/// assessment of 2021; the rest is assumed.
pub const IDENTITIES: [(super::person::IdentityChoice, u32); 5] = [
    (super::person::IdentityChoice::National, 330),
    (super::person::IdentityChoice::DNumber, 210),
    (super::person::IdentityChoice::Passport, 330),
    (super::person::IdentityChoice::Auxiliary, 60),
    (super::person::IdentityChoice::Nothing, 70),
];

/// Per mille of entries that choose quarantine; the others are exempt. Assumed.
pub const IN_QUARANTINE: u32 = 720;
/// Per mille of those in quarantine who go to a hotel. Assumed.
pub const IN_HOTEL: u32 = 160;
/// Per mille of entries with an employer besides those of crews. Assumed.
pub const EMPLOYED: u32 = 60;

/// Municipalities and their weight; the rest of the parties goes to any postcode of the register. Assumed,
/// with the large cities, the airport's municipality and two at the Swedish border ahead.
pub const MUNICIPALITIES: [(&str, u32); 14] = [
    ("OSLO", 240),
    ("BERGEN", 75),
    ("STAVANGER", 60),
    ("TRONDHEIM", 50),
    ("BÆRUM", 40),
    ("ULLENSAKER", 40),
    ("KRISTIANSAND", 30),
    ("DRAMMEN", 30),
    ("HALDEN", 30),
    ("FREDRIKSTAD", 30),
    ("SANDNES", 25),
    ("TROMSØ", 25),
    ("SARPSBORG", 20),
    ("ÅLESUND", 15),
];
/// Weight of any postcode, beside the municipalities above.
pub const ANY_POSTCODE: u32 = 290;

/// What happens to an entry later, in per mille of entries. Assumed.
pub const LATER: [(super::later::Later, u32); 6] = [
    (super::later::Later::Resent, 60),
    (super::later::Later::TripCorrected, 70),
    (super::later::Later::PersonCorrected, 60),
    (super::later::Later::OlderNewsResent, 20),
    (super::later::Later::RegisteredTwice, 30),
    (super::later::Later::BorderCrossed, 250),
];

/// Kinds of dirt, in per mille of records. Assumed; the kinds are those that users and auditors of such
/// registers name.
pub const DIRT: [(super::dirt::Dirt, u32); 24] = [
    (super::dirt::Dirt::WrongPostcode, 12),
    (super::dirt::Dirt::PostcodeWithPlace, 10),
    (super::dirt::Dirt::OtherSpelling, 25),
    (super::dirt::Dirt::FreeTextIdentity, 15),
    (super::dirt::Dirt::WrongCheckDigit, 15),
    (super::dirt::Dirt::SpacedIdentity, 20),
    (super::dirt::Dirt::DamagedText, 10),
    (super::dirt::Dirt::PhoneJunk, 20),
    (super::dirt::Dirt::TwoPhones, 15),
    (super::dirt::Dirt::PhoneTooShort, 12),
    (super::dirt::Dirt::UnknownCode, 8),
    (super::dirt::Dirt::BareNumber, 20),
    (super::dirt::Dirt::NumberInWords, 6),
    (super::dirt::Dirt::EmptyStrings, 60),
    (super::dirt::Dirt::UnknownField, 12),
    (super::dirt::Dirt::NoMunicipality, 10),
    (super::dirt::Dirt::NoPlaceAtAll, 10),
    (super::dirt::Dirt::OldMunicipality, 6),
    (super::dirt::Dirt::NorwegianDate, 15),
    (super::dirt::Dirt::NoOffset, 10),
    (super::dirt::Dirt::UnknownLanguage, 6),
    (super::dirt::Dirt::OtherBirthDate, 5),
    (super::dirt::Dirt::WrongOrgNumber, 6),
    (super::dirt::Dirt::OddName, 12),
];

/// What an attempt of the demo's colleague comes to, in per mille of attempts. 58 % were answered in the first four weeks
/// of the control centre (VG, March 2021); how the others fall is assumed.
pub const CONTACTS: [(ContactResult, u32); 6] = [
    (ContactResult::Answered, 580),
    (ContactResult::NoAnswer, 270),
    (ContactResult::VoicemailLeft, 60),
    (ContactResult::NumberNotInService, 30),
    (ContactResult::CallBackRequested, 40),
    (ContactResult::HungUp, 20),
];

/// How those who answer keep the rules, in per mille. Nineteen in twenty kept them (DSB, 2021); the rest is assumed.
pub const ASSESSMENTS: [(Assessment, u32); 4] = [
    (Assessment::UnderstandsAndComplies, 740),
    (Assessment::NeededGuidanceNowComplies, 190),
    (Assessment::SuspectedBreach, 50),
    (Assessment::UnableToAssess, 20),
];

/// How many of a thousand travellers with an employer tell of what the employer fails to do. Assumed, and many: whoever
/// tries the demo wants to see some.
pub const EMPLOYER_FAILURES: u32 = 200;
/// What they tell of.
pub const WORKERS_GROUNDS: [BreachGround; 3] =
    [BreachGround::SharedRoom, BreachGround::SharedFacilities, BreachGround::Working];
