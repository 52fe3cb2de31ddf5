//! What the register does by itself about who a traveller is: adopted on the command line, in force from its day.

use backend::intake::reference::{Reference, adopt_identity_policy};
use backend::rules::matching::MatchPolicy;
use events::identity_policy::IdentityPolicyAdopted;
use jiff::civil::date;
use tests::database::Database;
use tests::desk::Desk;
use tests::register::Register;

#[tokio::test(flavor = "multi_thread")]
async fn only_a_sound_policy_is_adopted_on_the_command_line() {
    let database = Database::fresh().await;
    let register = Register::start(&database.url).await;
    let adopt = |more: &[&str]| {
        let all = [&["reference", "identity-policy", "--by", "Fagansvarlig"], more].concat();
        register.command(&all).output().unwrap().status.success()
    };
    assert!(!adopt(&["--valid-from", "2021-04-09", "--join-from", "780"]), "twins could be joined");
    assert!(!adopt(&["--valid-from", "2021-04-09", "--suggest-from", "901"]));
    assert!(adopt(&["--valid-from", "2021-04-09", "--allocate"]));
    assert!(adopt(&["--valid-from", "2021-05-01", "--join-from", "1001", "--suggest-from", "700"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_policy_of_a_day_counts_and_of_two_for_it_the_later() {
    let desk = Desk::new().await;
    let shipped = MatchPolicy::shipped();
    for (day, allocate, join_from) in [
        (date(2021, 5, 1), true, 1_000),
        (date(2021, 4, 9), true, shipped.join_from),
        (date(2021, 5, 1), false, 1_001),
    ] {
        let policy = IdentityPolicyAdopted {
            valid_from: day,
            allocate_automatically: allocate,
            match_join_from: join_from,
            match_suggest_from: shipped.suggest_from,
            adopted_by: "Fagansvarlig".to_owned(),
        };
        adopt_identity_policy(&desk.node.log, policy).await.unwrap();
    }
    let facts = Reference::load(&desk.node.log).await.unwrap().facts();
    for (day, allocates, join_from) in [
        (date(2021, 4, 8), false, shipped.join_from),
        (date(2021, 4, 9), true, shipped.join_from),
        (date(2021, 5, 1), false, 1_001),
    ] {
        let told = (facts.allocates_numbers(day), facts.match_policy(day).join_from);
        assert_eq!(told, (allocates, join_from), "{day}");
    }
}
