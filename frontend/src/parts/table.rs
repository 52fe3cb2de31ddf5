//! A table that is read, not worked in. It is one type whatever it shows, so it is compiled once.

use crate::language::Key;
use leptos::prelude::*;

/// A column: its name, and the class of its cells.
pub type Column = (Key, &'static str);
/// Class of a column of numbers.
pub const NUMBER: &str = "figures number";
/// Class of a column of dates and times.
pub const FIGURES: &str = "figures";

/// The rows, cell by cell; the first cell is the head of its row.
pub type Rows = Callback<(), Vec<Vec<AnyView>>>;

/// The table. Its frame stays while the rows change, so that whoever has scrolled stays where he is.
pub fn table(id: &'static str, caption: Key, columns: &'static [Column], rows: Rows) -> AnyView {
    let head =
        |(name, class): &Column| view! { <th scope="col" class=*class>{name.follow()}</th> }.into_any();
    let cell = |((number, cell), (_, class)): ((usize, AnyView), &Column)| match number {
        0 => view! { <th scope="row" class=*class>{cell}</th> }.into_any(),
        _ => view! { <td class=*class>{cell}</td> }.into_any(),
    };
    let row = move |cells: Vec<AnyView>| {
        let cells: Vec<AnyView> = cells.into_iter().enumerate().zip(columns).map(cell).collect();
        view! { <tr>{cells}</tr> }.into_any()
    };
    view! {
        <div class="scroll-region" role="region" tabindex="0" aria-labelledby=id>
            <table class="ds-table compact" data-color="neutral">
                <caption id=id>{caption.follow()}</caption>
                <thead><tr>{columns.iter().map(head).collect::<Vec<_>>()}</tr></thead>
                <tbody>{move || rows.run(()).into_iter().map(row).collect::<Vec<_>>()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
