import { inject } from "vitest";
import { useServer } from "../test-database.ts";

// Loaded before each test file of the project "postgres".
useServer(inject("postgres"));
