/** The few messages of Spark Connect that we send and read, in the protocol's own language: names and numbers as Apache Spark 4 publishes them. */

/**
 * From `sql/connect/common/src/main/protobuf/spark/connect` of Apache Spark 4.3 (Apache-2.0): what a client needs that sends SQL, reads rows, and
 * comes back to a job after its connection broke. Fields that we neither set nor read are left out; readers of protobuf skip them.
 */
export const CONNECT_PROTOCOL = `
syntax = "proto3";
package spark.connect;

message UserContext { string user_id = 1; string user_name = 2; }
message SQL { string query = 1; }
message Relation { SQL sql = 10; }
message SqlCommand { string sql = 1; }
message Command { SqlCommand sql_command = 5; }
message Plan { oneof op_type { Relation root = 1; Command command = 2; } }

message ReattachOptions { bool reattachable = 1; }
message ExecutePlanRequest {
  message RequestOption { oneof request_option { ReattachOptions reattach_options = 1; } }
  string session_id = 1;
  UserContext user_context = 2;
  Plan plan = 3;
  string client_type = 4;
  repeated RequestOption request_options = 5;
  string operation_id = 6;
}
message ExecutePlanResponse {
  message ArrowBatch { int64 row_count = 1; bytes data = 2; }
  message ResultComplete {}
  message ExecutionProgress {
    message StageInfo { int64 stage_id = 1; int64 num_tasks = 2; int64 num_completed_tasks = 3; int64 input_bytes_read = 4; bool done = 5; }
    repeated StageInfo stages = 1;
    int64 num_inflight_tasks = 2;
  }
  string session_id = 1;
  oneof response_type {
    ArrowBatch arrow_batch = 2;
    ResultComplete result_complete = 14;
    ExecutionProgress execution_progress = 18;
  }
  string operation_id = 12;
  string response_id = 13;
}
message ReattachExecuteRequest {
  string session_id = 1;
  UserContext user_context = 2;
  string operation_id = 3;
  string client_type = 4;
  optional string last_response_id = 5;
}
message ReleaseExecuteRequest {
  message ReleaseAll {}
  message ReleaseUntil { string response_id = 1; }
  string session_id = 1;
  UserContext user_context = 2;
  string operation_id = 3;
  string client_type = 4;
  oneof release { ReleaseAll release_all = 5; ReleaseUntil release_until = 6; }
}
message ReleaseExecuteResponse { string session_id = 1; }
message ReleaseSessionRequest { string session_id = 1; UserContext user_context = 2; string client_type = 3; }
message ReleaseSessionResponse { string session_id = 1; }
`;
