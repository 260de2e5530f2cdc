// The same documents, ten times as many.
import "./design-hostile.test.ts";
