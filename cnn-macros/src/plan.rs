//! Stands in for the planner.

use crate::net::Net;

#[derive(Debug)]
pub struct Plan;

pub fn plan(_net: &Net) -> Result<Plan, ()> {
    Ok(Plan)
}
