// Every page: starts the NHS components and what this page asks for.
import { initAll } from "../vendor/nhsuk-frontend.min.js";
import { watchSession } from "./session.js";
import { keepDrafts } from "./drafts.js";
import { startSmall } from "./small.js";

initAll();
keepDrafts();
watchSession();
startSmall();
